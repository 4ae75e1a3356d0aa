using Course.TakeHome.Folder;
using Course.TakeHome.Tests.Grading;

namespace Course.TakeHome.Tests.Folder;

/// <summary>No archive is graded with another candidate's seed unnoticed.</summary>
public sealed class GivenSeedsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("seeds-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Archive(string name, ulong seed)
    {
        var path = Path.Combine(root, $"{name}.zip");
        File.Move(HandInText.Honest().But(text => text.Manifest = manifest => manifest with { Seed = seed }).Save(root), path);
        return path;
    }

    private CandidateRegister Register(params (string Name, ulong Seed)[] candidates)
    {
        var register = new CandidateRegister(Path.Combine(root, "candidates.json"));
        foreach (var (name, seed) in candidates)
            register.Add(new(name, seed, 120, DateTimeOffset.UnixEpoch));
        return register;
    }

    [Fact]
    public void Each_archive_has_the_seed_that_the_register_knows_by_its_name_whatever_it_states()
    {
        string[] archives = [Archive("ada", 1), Archive("bob", 2), Archive("eve", 3)];
        var seeds = new GivenSeeds(archives, [], Register(("Ada", 4711), ("bob", 2)));
        Assert.Equal([4711UL, 2UL, null], archives.Select(seeds.Of));
    }

    [Fact]
    public void A_seed_that_is_named_counts_more_than_the_registers()
    {
        string[] archives = [Archive("ada", 1), Archive("bob", 2)];
        var seeds = new GivenSeeds(archives, [new("ada", 7)], Register(("ada", 1), ("bob", 2)));
        Assert.Equal([7UL, 2UL], archives.Select(seeds.Of));
    }

    [Fact]
    public void One_seed_for_archives_of_different_folders_is_refused_and_both_ways_out_are_named()
    {
        var message = Assert.Throws<CourseException>(
            () => new GivenSeeds([Archive("ada", 4711), Archive("bob", 12)], [new(null, 4711)], null)).Message;
        Assert.Contains("--seed ada=… --seed bob=…", message, StringComparison.Ordinal);
        Assert.Contains("candidates.json", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_for_one_archive_or_for_several_of_one_folder_is_taken()
    {
        string[] archives = [Archive("ada", 4711), Archive("ada-again", 4711)];
        Assert.Equal(4711UL, new GivenSeeds(archives, [new(null, 4711)], null).Of(archives[1]));
        Assert.Equal(9UL, new GivenSeeds(archives[..1], [new(null, 9)], null).Of(archives[0]));
    }

    [Fact]
    public void A_seed_for_an_archive_that_is_not_there_is_refused() =>
        Assert.Contains(
            "no archive is called eve.zip",
            Assert.Throws<CourseException>(() => new GivenSeeds([Archive("ada", 1)], [new("eve", 1)], null)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("4711", null, 4711)]
    [InlineData("ada=4711", "ada", 4711)]
    [InlineData("a=b=3", "a=b", 3)]
    public void A_seed_is_named_alone_or_with_its_candidate(string text, string? name, ulong seed)
    {
        Assert.True(NamedSeed.TryParse(text, out var parsed));
        Assert.Equal(new NamedSeed(name, seed), parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada=")]
    [InlineData("=4")]
    [InlineData("-1")]
    [InlineData("1,000")]
    [InlineData("ada=18446744073709551616")]
    public void A_text_that_names_no_seed_is_refused(string text) => Assert.False(NamedSeed.TryParse(text, out _));
}
