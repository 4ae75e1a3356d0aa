using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Course.TakeHome.Rubrics;

/// <summary>A YAML file with one document that is a mapping.</summary>
internal sealed class YamlFile(string path)
{
    /// <summary>Far more than any rubric; what is larger is some other file.</summary>
    private const int LargestFile = 4 << 20;

    /// <exception cref="RubricException">The file cannot be read, is no YAML, or does not hold what <paramref name="read"/> asks for.</exception>
    public T Read<T>(string what, Func<YamlEntry, T> read)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new RubricException(path, 1, $"expected at most {LargestFile >> 20} MiB.", $"This is no {what}; name another file.");
            var stream = new YamlStream();
            using var reader = new StreamReader(path);
            stream.Load(reader);
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? new YamlEntry(this, root, what).Whole(read)
                : throw new RubricException(path, 1, $"expected one document, the {what}, as \"key: value\" lines.", "Compare it with the file that comes with the course.");
        }
        catch (YamlException e)
        {
            throw new RubricException(path, e.Start.Line, $"this is no YAML ({e.Message}).", "Look at the indentation and the quotes there.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RubricException(path, 1, $"the {what} cannot be read ({e.Message.TrimEnd('.')}).", "Name another file.", e);
        }
    }

    public RubricException Complain(YamlNode at, string problem, string remedy) => new(path, at.Start.Line, problem, remedy);
}
