using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Folder;

/// <summary>The seed decides everything that differs between two candidates.</summary>
public sealed class SeedTests : IDisposable
{
    private const int Seeds = 40;

    private readonly string root = Directory.CreateTempSubdirectory("take-home-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void The_same_seed_at_the_same_time_makes_the_same_folder_byte_for_byte()
    {
        string[] names = ["one", "other"];
        string[] folders = [.. names.Select(name => FolderWriter.Write(Path.Combine(root, name), 11, 90, new Noon()).Root)];
        string[][] files = [.. folders.Select(Files)];
        Assert.Equal(files[0], files[1]);
        Assert.All(files[0],
            file => Assert.Equal(File.ReadAllBytes(Path.Combine(folders[0], file)), File.ReadAllBytes(Path.Combine(folders[1], file))));

        static string[] Files(string folder) =>
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
                .Order(StringComparer.Ordinal),
        ];
    }

    [Fact]
    public void Every_exercise_varies_and_every_value_of_it()
    {
        foreach (var suite in CheckSuite.Visible)
        {
            var values = Enumerable.Range(1, Seeds).SelectMany(seed => suite.Values(new((ulong)seed, suite.Exercise)))
                .ToLookup(value => value.Key, value => value.Value);
            Assert.NotEmpty(values);
            Assert.All(values,
                value => Assert.True(value.Distinct().Count() > 1, $"{suite.Exercise}: {value.Key} is always {value.First()}."));
        }
    }

    [Fact]
    public void Vocabulary_draft_length_and_sampling_option_vary_as_the_card_says()
    {
        Assert.True(Distinct("rejection", "vocabulary") >= 3);
        Assert.Equal(3, Distinct("rejection", "truncation"));
        Assert.True(Distinct("loop", "gamma") >= 3);
        Assert.Equal(
            Seeds,
            Enumerable.Range(1, Seeds).Select(seed => string.Concat(Exercise.All.Select(exercise => CardText.Of(exercise, (ulong)seed))))
                .Distinct().Count());
    }

    [Fact]
    public void Which_wrong_decoder_a_suite_of_tests_must_catch_varies()
    {
        var suite = CheckSuite.Visible.Single(suite => suite.Exercise == "tests");
        Assert.Equal([Verdict.Passed, Verdict.Failed], Enumerable.Range(1, Seeds).Select(OfLength).Distinct().Order());

        Verdict OfLength(int seed) =>
            CheckRunner.Run(suite, new OneTest(), new((ulong)seed, "tests")).Single(outcome => outcome.Check == "length").Verdict;
    }

    private static int Distinct(string exercise, string value) =>
        Enumerable.Range(1, Seeds).Select(seed => Exercise.Named(exercise).Filled($"{{{{{value}}}}}", (ulong)seed)).Distinct().Count();

    /// <summary>Requests one token, so it does not notice a decoder that is one token short only at multiples of γ + 1.</summary>
    private sealed class OneTest : IAdapter, IDecoderTests
    {
        public IReadOnlyList<DecoderTest> Tests =>
        [
            new("one token", decoder =>
            {
                var table = TableModel.Arbitrary(3, 1);
                Demand.That(decoder.Decode(table, table, [0], new(2, 1, row => Softmax.Of(row)), new SeededRandomness(1)).Count == 1,
                    "not one");
            }),
        ];

        public object AnswerTo(string exercise) => this;
    }

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddHours(12);
    }
}
