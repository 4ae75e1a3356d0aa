using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Exercises;

/// <summary>
/// Caches that differ from the reference: a cache may keep an entry anywhere in its blocks, but must keep it in them.
/// </summary>
public sealed class RewindVariantTests
{
    private const string Write = "pool[blocks[Length / pool.BlockSize], Length % pool.BlockSize] = entry;";
    private const string Read = "return pool[blocks[position / pool.BlockSize], position % pool.BlockSize];";
    private const string Field = "    private readonly List<int> blocks = [];";

    private static readonly Exercise Rewind = Exercise.Named("rewind");

    [Fact]
    public void Blocks_that_are_filled_from_their_end_pass() => Assert.Empty(Objections(
        (Write, "pool[blocks[Length / pool.BlockSize], pool.BlockSize - 1 - (Length % pool.BlockSize)] = entry;"),
        (Read, "return pool[blocks[position / pool.BlockSize], pool.BlockSize - 1 - (position % pool.BlockSize)];")));

    [Fact]
    public void Blocks_that_are_taken_while_a_list_holds_the_entries_do_not_pass()
    {
        var objections = Objections(
            (Field, $"    private readonly SortedList<int, double> entries = [];\n{Field}"), (Write, "entries[Length] = entry;"),
            (Read, "return entries[position];"));
        var objection = Assert.Single(objections);
        Assert.Equal("many sizes", objection.Check);
        Assert.Contains("in no block that is held", objection.What, StringComparison.Ordinal);
    }

    private static CheckOutcome[] Objections(params (string Find, string Replacement)[] edits)
    {
        var text = edits.Aggregate(Rewind.Reference, (text, edit) => new PlantedBug("", "", "", edit.Find, edit.Replacement).In(text));
        var answer = new AnswerText(Rewind.Filled(text, 1));
        var outcomes = new[] { Rewind.Visible, Rewind.Hidden }.SelectMany(
            suite => CheckRunner.Run(suite, answer, new(1, "rewind", "another")));
        return [.. outcomes.Where(outcome => outcome.Verdict != Verdict.Passed)];
    }
}
