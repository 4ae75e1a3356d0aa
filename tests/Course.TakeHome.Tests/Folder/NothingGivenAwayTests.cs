using System.Reflection;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Folder;

namespace Course.TakeHome.Tests.Folder;

/// <summary>Nothing in a candidate's folder answers an exercise, not even names and literals inside assemblies.</summary>
public sealed class NothingGivenAwayTests : IDisposable
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private readonly string root = Directory.CreateTempSubdirectory("take-home-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(20261124)]
    [InlineData(ulong.MaxValue)]
    public void No_reference_no_hidden_check_and_no_planted_bug_is_in_any_file(ulong seed)
    {
        var folder = FolderWriter.Write(Path.Combine(root, "exam"), seed, 120, TimeProvider.System);
        var texts = Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories)
            .SelectMany(file => Readings(file).Select(text => (File: file, Text: text))).ToArray();
        foreach (var secret in Secrets(seed))
            Assert.All(texts, text => Assert.False(text.Text.Contains(secret, StringComparison.Ordinal), $"{text.File} holds: {secret}"));
    }

    [Fact]
    public void The_same_search_finds_the_secrets_where_they_are()
    {
        string[] texts = [.. new[] { typeof(Exercise), typeof(Hidden.HiddenSuites) }.SelectMany(type => Readings(type.Assembly.Location))];
        var secrets = Secrets(NotebookText.RepositorySeed);
        Assert.True(secrets.Length > 200, $"{secrets.Length} secrets");
        Assert.True(secrets.Count(secret => texts.Any(text => text.Contains(secret, StringComparison.Ordinal))) > 0.8 * secrets.Length,
            "Fewer than four of five secrets were found.");
    }

    [Fact]
    public void No_type_of_what_the_candidate_can_reach_answers_an_exercise()
    {
        var (contracts, core) = (typeof(IAdapter).Assembly, typeof(CourseException).Assembly);
        Assert.All(core.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));
        Assert.All(contracts.GetReferencedAssemblies(),
            name => Assert.True(name.Name == core.GetName().Name || name.Name!.StartsWith("System.", StringComparison.Ordinal), name.Name));
        // The decoders for suites of tests implement a contract, but none of them speculates.
        var answers = contracts.GetTypes()
            .Where(type => !type.IsInterface && CheckSuite.Visible.Any(suite => type.IsAssignableTo(suite.Contract)));
        Assert.All(answers, type => Assert.Equal("VisibleDecoders", type.DeclaringType?.Name));
        string[] telling = ["Residual", "LeftOver", "AcceptanceProbability", "SpeculativeSampling", "Solution"];
        Assert.DoesNotContain(contracts.GetTypes().Concat(core.GetTypes())
            .SelectMany(type => type.GetMembers(Everything).Append(type)),
            member => telling.Any(word => member.Name.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// All texts that can be read from a file: literals of an assembly are UTF-16 at even or odd offsets, names are UTF-8, and hints are
    /// Base64.
    /// </summary>
    private static IEnumerable<string> Readings(string file)
    {
        var bytes = File.ReadAllBytes(file);
        yield return Encoding.UTF8.GetString(bytes);
        yield return Encoding.Unicode.GetString(bytes);
        yield return Encoding.Unicode.GetString(bytes.AsSpan(Math.Min(1, bytes.Length)));
        if (file.Contains("hints", StringComparison.Ordinal))
            yield return string.Concat(File.ReadAllLines(file).Select(line => Encoding.UTF8.GetString(Convert.FromBase64String(line))));
    }

    private static string[] Secrets(ulong seed)
    {
        var given = string.Concat(Exercise.All.Select(exercise => exercise.StubFor(seed) + exercise.Card.Text
            + string.Concat(exercise.Visible.Checks.Select(check => check.Name + check.Why + check.Where))));
        var lines = Exercise.All.SelectMany(exercise => exercise.ReferenceFor(seed).Split('\n')).Where(line => line.Trim().Length > 40);
        var hidden = Exercise.All.SelectMany(exercise => exercise.Hidden.Checks)
            .SelectMany(check => new[] { check.Name, check.Why, check.Where });
        var bugs = Exercise.All.SelectMany(exercise => exercise.Bugs).SelectMany(bug => new[] { bug.Name, bug.Wrong, bug.Replacement });
        return
        [
            .. lines.Concat(hidden).Concat(bugs).Select(text => text.Trim())
                .Where(text => text.Length > 12 && !given.Contains(text, StringComparison.Ordinal)).Distinct(),
            "Reference.cs", "HiddenChecks", "HiddenSuites", "Course.Inference", "PlantedBug",
        ];
    }
}
