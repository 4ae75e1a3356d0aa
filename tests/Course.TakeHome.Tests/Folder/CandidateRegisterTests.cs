using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Folder;

public sealed class CandidateRegisterTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("register-").FullName;

    private CandidateRegister Register => CandidateRegister.Beside(Path.Combine(root, "ada"));

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void The_register_lies_beside_the_folder_and_only_its_owner_may_read_it()
    {
        Assert.Null(Register.Add(Candidate("ada", 4711)));
        Assert.Equal(Path.Combine(root, "candidates.json"), Register.FullPath);
        Assert.Equal(Candidate("ada", 4711), Assert.Single(Register.Read()));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Register.FullPath));
    }

    [Fact]
    public void A_second_folder_of_the_same_name_replaces_the_first_which_is_returned()
    {
        Register.Add(Candidate("ada", 4711));
        Register.Add(Candidate("bob", 5));
        Assert.Equal(4711UL, Register.Add(Candidate("Ada", 12))?.Seed);
        Assert.Equal(["bob 5", "Ada 12"], Register.Read().Select(each => $"{each.Name} {each.Seed}"));
    }

    [Fact]
    public async Task Folders_that_are_made_at_once_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => Register.Add(Candidate($"c{number}", (ulong)number)))));
        Assert.Equal(12, Register.Read().Count);
    }

    [Fact]
    public void A_byte_order_mark_is_accepted()
    {
        Register.Add(Candidate("ada", 4711));
        File.WriteAllText(
            Register.FullPath, File.ReadAllText(Register.FullPath), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Single(Register.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[{\"name\": \"ada\"}]")]
    public void A_file_that_is_not_a_register_is_refused_by_name(string text)
    {
        File.WriteAllText(Register.FullPath, text);
        Assert.Contains(Register.FullPath, Assert.Throws<CourseException>(Register.Read).Message, StringComparison.Ordinal);
    }

    private static RegisteredCandidate Candidate(string name, ulong seed) => new(name, seed, 120, DateTimeOffset.UnixEpoch);
}
