using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Course.TakeHome.Rubrics;

/// <summary>A YAML file with one document, which is a mapping.</summary>
internal sealed class YamlFile(string path)
{
    /// <summary>The largest file that is read, in bytes: far more than any rubric.</summary>
    private const int LargestFile = 4 << 20;

    private const int Deepest = 50;

    /// <summary>Reads the file.</summary>
    /// <param name="what">What the file is, for messages.</param>
    /// <param name="read">Reads the content from the document's mapping.</param>
    /// <exception cref="RubricException">The file cannot be read, is not YAML, or lacks what <paramref name="read"/> needs.</exception>
    public T Read<T>(string what, Func<YamlEntry, T> read)
    {
        try
        {
            if (File.Exists(path) && !PlainFile.HasContent(path))
                throw new RubricException(path, 1, "it is empty, or no file at all.", $"Name the {what}.");
            if (new FileInfo(path).Length > LargestFile)
                throw new RubricException(path, 1, $"expected at most {LargestFile >> 20} MiB.", $"This is no {what}; name another file.");
            return Load(File.ReadAllText(path)).Documents is [{ RootNode: YamlMappingNode root }]
                ? new YamlEntry(this, root, what).Whole(read)
                : throw new RubricException(
                    path, 1, $"expected one document, the {what}, as \"key: value\" lines.",
                    "Compare it with the file that comes with the course.");
        }
        catch (YamlException e)
        {
            throw new RubricException(
                path, e.Start.Line, $"this is no YAML ({e.Message}).", "Look at the indentation and the quotes there.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RubricException(path, 1, $"the {what} cannot be read ({e.Message.TrimEnd('.')}).", "Name another file.", e);
        }
    }

    private static YamlStream Load(string text)
    {
        var stream = new YamlStream();
        try
        {
            RequireShallow(text);
            stream.Load(new StringReader(text));
        }
        // the library throws other exceptions as well, for instance at an unclosed bracket
        catch (Exception e) when (e is not YamlException)
        {
            throw new YamlException(Mark.Empty, Mark.Empty, "a bracket, a quote or a key has no end", e);
        }
        return stream;
    }

    /// <summary>Refuses deep nesting: the library reads nested nodes by recursion, and a stack overflow would end the process.</summary>
    private static void RequireShallow(string text)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext();)
            if ((depth += parser.Current!.NestingIncrease) > Deepest)
                throw new YamlException(parser.Current.Start, parser.Current.End, $"nested more than {Deepest} deep");
    }

    public RubricException Complain(YamlNode at, string problem, string remedy) => new(path, at.Start.Line, problem, remedy);
}
