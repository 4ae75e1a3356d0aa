using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Grading.HandIns;

namespace Course.TakeHome.Tests.Grading;

public sealed class HandInReaderTests : IDisposable
{
    private const int Link = 0xA1FF, Device = 0x21B6, Fifo = 0x11B6;

    private static readonly byte[] Zeros = new byte[3 * 1024 * 1024];

    private static readonly Dictionary<string, (HandInFlaw Flaw, Action<HandInText> Change)> Hostile = new()
    {
        ["a name that climbs out"] = (HandInFlaw.Outside, text => text.With("../evil.cs", "x")),
        ["a name that climbs out from inside"] = (HandInFlaw.Outside, text => text.With("exercises/loop/../../../evil.cs", "x")),
        ["a name that climbs out in the Windows way"] = (HandInFlaw.Outside, text => text.With("exercises\\..\\..\\evil.cs", "x")),
        ["an absolute name"] = (HandInFlaw.Absolute, text => text.With("/etc/cron.d/evil", "x")),
        ["a name on a drive"] = (HandInFlaw.Absolute, text => text.With("C:/evil.cs", "x")),
        ["a name on a share"] = (HandInFlaw.Absolute, text => text.With("\\\\host\\share\\evil.cs", "x")),
        ["a link to a file"] = (HandInFlaw.Link, text => text.With("exercises/loop/Link.cs", "/etc/passwd", Link)),
        ["a link to a folder"] = (HandInFlaw.Link, text => text.With("exercises/pressure", "/root", Link)),
        ["a device"] = (HandInFlaw.Link, text => text.With("exercises/loop/zero.md", "", Device)),
        ["a pipe"] = (HandInFlaw.Link, text => text.With("exercises/loop/pipe.md", "", Fifo)),
        ["a folder that says it is a file"] = (HandInFlaw.Link, text => text.With("exercises/x/", "", 0x81A4)),
        ["a name twice"] = (HandInFlaw.DuplicateName, text => text.With("exercises/loop/Answer.cs", "// another\n")),
        ["a manifest twice"] = (HandInFlaw.DuplicateName, text => text.With(HandInLayout.Manifest, "{}")),
        ["names that differ in case"] = (HandInFlaw.CollidingName, text => text.With("adapter.CS", "x")),
        ["names that differ in Unicode form"] = (
            HandInFlaw.BadName, text => text.With("exercises/loop/\u00e9.cs", "x").With("exercises/loop/e\u0301.cs", "x")),
        ["a file that is a folder, too"] = (HandInFlaw.CollidingName, text => text.With("exercises/loop/Answer.cs/More.cs", "x")),
        ["a name with a line break"] = (HandInFlaw.BadName, text => text.With("exercises/loop/a\nb.cs", "x")),
        ["a name with an escape sequence"] = (HandInFlaw.BadName, text => text.With("exercises/loop/\u001b[2Ja.cs", "x")),
        ["a name that reads backwards"] = (HandInFlaw.BadName, text => text.With("exercises/loop/\u202esc.exe", "x")),
        ["a name with a zero in it"] = (HandInFlaw.BadName, text => text.With("exercises/loop/Answer.cs\0.md", "x")),
        ["a name with an alternate stream"] = (HandInFlaw.BadName, text => text.With("exercises/loop/a.md:evil", "x")),
        ["a name with a quote, for a response file"] = (
            HandInFlaw.BadName, text => text.With("exercises/loop/a\" -analyzer:evil.dll \".cs", "x")),
        ["a name with a wildcard"] = (HandInFlaw.BadName, text => text.With("exercises/loop/*.cs", "x")),
        ["a device's name on Windows"] = (HandInFlaw.BadName, text => text.With("exercises/loop/NUL.cs", "x")),
        ["a name that ends with a dot"] = (HandInFlaw.BadName, text => text.With("exercises/loop/Answer.cs.", "x")),
        ["an empty part of a name"] = (HandInFlaw.BadName, text => text.With("exercises//loop.cs", "x")),
        ["a name without an end"] = (HandInFlaw.BadName, text => text.With($"exercises/{new string('a', 300)}.cs", "x")),
        ["10,000 files"] = (
            HandInFlaw.TooManyEntries, text => text.But(t => { for (var i = 0; i < 10_000; i++) t.With($"exercises/loop/{i}.cs", ""); })),
        ["a bomb: one dense file"] = (HandInFlaw.TooDense, text => text.With("exercises/loop/bomb.md", Zeros)),
        ["a bomb: one huge file"] = (HandInFlaw.TooLarge, text => text.With("exercises/loop/bomb.md", new byte[5 * 1024 * 1024])),
        ["a bomb: many files that are each allowed"] = (
            HandInFlaw.TooLarge,
            text => text.But(t => { for (var i = 0; i < 12; i++) t.With($"exercises/loop/{i}.md", Noisy(3 * 1024 * 1024)); })),
        ["an archive larger than any hand-in"] = (HandInFlaw.TooLarge, text => text.Zip = zip => [.. zip, .. new byte[17 * 1024 * 1024]]),
        ["an encrypted entry"] = (HandInFlaw.Encrypted, text => text.Zip = zip => HandInText.Patch(zip, 8, 1, 2)),
        ["a size that is stated too small"] = (HandInFlaw.OtherBytes, text => text.Zip = zip => HandInText.Patch(zip, 24, 3, 4)),
        ["a size that is stated too large"] = (HandInFlaw.LyingSize, text => text.Zip = zip => HandInText.Patch(zip, 24, 60_000, 4)),
        ["a size of four gigabytes"] = (HandInFlaw.TooLarge, text => text.Zip = zip => HandInText.Patch(zip, 24, 0xFFFF_FFFE, 4)),
        ["a folder with bytes in it"] = (HandInFlaw.TooLarge, text => text.With("exercises/x/", "bytes", 0x41FF)),
        ["no archive at all"] = (HandInFlaw.NoArchive, text => text.Zip = _ => "MZ, and more"u8.ToArray()),
        ["half an archive"] = (HandInFlaw.NoArchive, text => text.Zip = zip => zip[..(zip.Length / 2)]),
        ["an empty file"] = (HandInFlaw.NoArchive, text => text.Zip = _ => []),
        ["no manifest"] = (HandInFlaw.NoManifest, text => text.WithManifest = false),
        ["a manifest of a version to come"] = (HandInFlaw.BadManifest, text => text.Manifest = manifest => manifest with { Version = 99 }),
        ["a manifest that is no JSON"] = (HandInFlaw.BadManifest, text => text.Json = _ => "{ \"version\": 1, "),
        ["a manifest without end"] = (HandInFlaw.BadManifest, text => text.Json = _ => new string('[', 5000)),
        ["a manifest that is null"] = (HandInFlaw.BadManifest, text => text.Json = _ => "null"),
        ["a manifest with a file that is null"] = (
            HandInFlaw.BadManifest, text => text.Manifest = manifest => manifest with { Files = [.. manifest.Files, null!] }),
        ["a manifest that lists a file twice"] = (
            HandInFlaw.BadManifest, text => text.Manifest = manifest => manifest with { Files = [.. manifest.Files, manifest.Files[0]] }),
        ["a manifest that lists a file that is not there"] = (
            HandInFlaw.MissingFile,
            text => text.Manifest = manifest => manifest with { Files = [.. manifest.Files, new("exercises/loop/More.cs", "00", 1)] }),
        ["a file that the manifest does not list"] = (
            HandInFlaw.UnlistedFile, text => text.Manifest = manifest => manifest with { Files = [.. manifest.Files.SkipLast(1)] }),
        ["a file changed after packing"] = (
            HandInFlaw.OtherBytes, text => text.Manifest =
                manifest => manifest with { Files = [.. manifest.Files.Select(file => file with { Sha256 = new('0', 64) })] }),
        ["a length that is not the file's"] = (
            HandInFlaw.OtherBytes,
            text => text.Manifest = manifest => manifest with { Files = [.. manifest.Files.Select(file => file with { Bytes = 1 })] }),
        ["no adapter"] = (HandInFlaw.NoAdapter, text => text.Entries.RemoveAt(0)),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("hand-in-").FullName;

    public static TheoryData<string> Cases => [.. Names];

    internal static IEnumerable<string> Names => Hostile.Keys;

    /// <summary>An archive of one of the <see cref="Cases"/>.</summary>
    internal static HandInText Named(string name) => HandInText.Honest().But(Hostile[name].Change);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hostile_archive_is_rejected_for_its_reason_and_nothing_is_written(string name)
    {
        var archive = Named(name).Save(folder);
        var rejected = Assert.Throws<HandInRejectedException>(() => HandInReader.Read(archive));
        Assert.Equal(Hostile[name].Flaw, rejected.Flaw);
        Assert.DoesNotContain(rejected.Message, char.IsControl);
        Assert.Equal([archive], Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_honest_archive_yields_its_sources_and_its_written_answers()
    {
        var handIn = HandInReader.Read(HandInText.Honest().Save(folder));
        Assert.Equal([HandInLayout.Adapter, "exercises/loop/Answer.cs"], handIn.Sources.Keys);
        Assert.Equal(["exercises/loop/answers.md"], handIn.Written.Keys);
        Assert.Empty(handIn.Foreign);
    }

    [Fact]
    public void Files_that_systems_add_by_themselves_are_ignored_and_reported()
    {
        var archive = HandInText.Honest();
        var added = new[]
        {
            "__MACOSX/._Adapter.cs", "__MACOSX/exercises/loop/._Answer.cs", "exercises/loop/._Answer.cs", ".DS_Store", "exercises/Thumbs.db"
        };
        archive.Manifest = manifest => manifest with { Files = [.. manifest.Files.Where(file => !added.Contains(file.Path))] };
        var handIn = HandInReader.Read(added.Aggregate(archive, (text, path) => text.With(path, "\0\u0005\u0016\u0007")).Save(folder));
        Assert.Equal([HandInLayout.Adapter, "exercises/loop/Answer.cs"], handIn.Sources.Keys);
        Assert.Empty(handIn.Foreign);
        Assert.Contains("added 5 entries of its own", handIn.Repacked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada/")]
    public void A_notebook_over_the_limits_is_not_read_and_the_code_is(string around)
    {
        var archive = (around.Length > 0 ? Around(around) : HandInText.Honest())
            .With($"{around}notebooks/3-loop.ipynb", Noisy(5 * 1024 * 1024)).With($"{around}notebooks/4-rewind.ipynb", Zeros);
        var handIn = HandInReader.Read(archive.Save(folder));
        Assert.Equal([HandInLayout.Adapter, "exercises/loop/Answer.cs"], handIn.Sources.Keys);
        Assert.Equal(["notebooks/3-loop.ipynb", "notebooks/4-rewind.ipynb"], handIn.SetAside.Keys.Order());
        Assert.Contains("at most 4194304 are read", handIn.SetAside["notebooks/3-loop.ipynb"], StringComparison.Ordinal);
    }

    [Fact]
    public void One_folder_around_everything_is_removed_and_reported()
    {
        var handIn = HandInReader.Read(Around("ada's hand-in/").Save(folder));
        Assert.Equal([HandInLayout.Adapter, "exercises/loop/Answer.cs"], handIn.Sources.Keys);
        Assert.Contains("with a folder \"ada's hand-in/\" around everything", handIn.Repacked, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_refused_even_if_a_folder_was_added_around_it()
    {
        var archive = Around("ada/");
        archive.Entries[1] = (archive.Entries[1].Path, "// other"u8.ToArray(), 0);
        Assert.Equal(HandInFlaw.OtherBytes, Assert.Throws<HandInRejectedException>(() => HandInReader.Read(archive.Save(folder))).Flaw);
    }

    [Fact]
    public void Changed_line_ends_are_reported_as_that()
    {
        var archive = HandInText.Honest();
        var listed = archive.Stated().Files;
        archive.Manifest = manifest => manifest with { Files = listed };
        archive.Entries[1] = (archive.Entries[1].Path, "// mine\r\n"u8.ToArray(), 0);
        Assert.Contains(
            "only line ends or a byte order mark differ",
            Assert.Throws<HandInRejectedException>(() => HandInReader.Read(archive.Save(folder))).Message, StringComparison.Ordinal);
    }

    /// <summary>An archive as some systems pack a folder: with an entry for the folder itself, and every path below it.</summary>
    private static HandInText Around(string outer)
    {
        var (archive, listed) = (HandInText.Honest(), HandInText.Honest().Stated());
        archive.WithManifest = false;
        for (var index = 0; index < archive.Entries.Count; index++)
            archive.Entries[index] = (outer + archive.Entries[index].Path, archive.Entries[index].Bytes, 0);
        return archive.With(outer, "").With(outer + HandInLayout.Manifest, listed.ToJson());
    }

    [Fact]
    public void A_message_that_quotes_a_manifest_moves_no_cursor_and_floods_no_screen()
    {
        var flood = $"{{\"\u001b[2J{new string('x', 100_000)}\": 1}}";
        var archive = HandInText.Honest().But(text => text.Json = json => json.Replace("\"loop\"", flood, StringComparison.Ordinal));
        var message = Assert.Throws<HandInRejectedException>(() => HandInReader.Read(archive.Save(folder))).Message;
        Assert.DoesNotContain('\u001b', message);
        Assert.True(message.Length < 2_000, $"{message.Length} characters");
    }

    [Theory]
    [InlineData("TakeHome.csproj")]
    [InlineData("exercises/loop/Evil.csproj")]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Build.targets")]
    [InlineData("Directory.Build.rsp")]
    [InlineData("nuget.config")]
    [InlineData("global.json")]
    [InlineData(".editorconfig")]
    [InlineData("analyzers/Generator.dll")]
    [InlineData("Generator.cs")]
    [InlineData("exercises/unheard-of/Answer.cs")]
    [InlineData("exercises/Stray.cs")]
    [InlineData("build.sh")]
    [InlineData("more.zip")]
    public void Files_that_could_take_part_in_a_build_are_reported_and_never_used(string path)
    {
        var handIn = HandInReader.Read(HandInText.Honest().With(path, Encoding.UTF8.GetBytes("PK\u0003\u0004")).Save(folder));
        Assert.Equal([path], handIn.Foreign);
        Assert.DoesNotContain(path, handIn.Sources.Keys);
        Assert.DoesNotContain(path, handIn.Written.Keys);
    }

    private static byte[] Noisy(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)(i % 64 == 0 ? i * 2654435761 >> 13 : 0);
        return bytes;
    }
}
