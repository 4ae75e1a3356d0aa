using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Course.TakeHome.Rubrics;

/// <summary>
/// A mapping in a YAML file, read strictly: unknown keys are errors, and every error names its line.
/// </summary>
internal sealed class YamlEntry
{
    private readonly YamlFile file;
    private readonly YamlMappingNode node;
    private readonly HashSet<string> asked = [];

    public YamlEntry(YamlFile file, YamlNode node, string what)
    {
        this.file = file;
        this.node = node as YamlMappingNode
            ?? throw file.Complain(node, $"expected {what} as \"key: value\" lines.", "Indent its keys below it.");
    }

    /// <summary>A required text, which must not be empty. Line breaks of folded text are spaces.</summary>
    public string Text(string key) => TextOf(Required(key), key);

    public int Number(string key, int least, int most)
    {
        var value = Required(key);
        return int.TryParse(TextOf(value, key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number
            : throw file.Complain(value, $"{key} must be a whole number from {least} to {most}.", $"Write {key}: {most}, for instance.");
    }

    /// <summary>A list of texts; empty if the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => TextOf(item, key))];

    /// <summary>A list of mappings; empty if the key is absent.</summary>
    public IReadOnlyList<T> Entries<T>(string key, Func<YamlEntry, T> read) =>
        [.. Items(key).Select(item => new YamlEntry(file, item, $"an entry of {key}").Whole(read))];

    public bool Has(string key) => Optional(key) is not null;

    public T Entry<T>(string key, Func<YamlEntry, T> read) => new YamlEntry(file, Required(key), key).Whole(read);

    /// <summary>Reads the mapping, and demands that every key was read.</summary>
    public T Whole<T>(Func<YamlEntry, T> read)
    {
        var value = read(this);
        foreach (var (key, _) in node.Children)
            if (!asked.Contains(TextOf(key, "key")))
                throw file.Complain(key, $"there is no key \"{key}\" here.", $"The keys are: {string.Join(", ", asked)}.");
        return value;
    }

    /// <summary>An error about the whole entry.</summary>
    public RubricException Complain(string problem, string remedy) => file.Complain(node, problem, remedy);

    private IEnumerable<YamlNode> Items(string key) => Optional(key) switch
    {
        null => [],
        YamlSequenceNode items => items.Children,
        { } other => throw file.Complain(other, $"{key} must be a list.", "Begin each item with \"- \"."),
    };

    private YamlNode Required(string key) => Optional(key) ?? throw file.Complain(node, $"{key} is missing.", $"Add a line \"{key}: …\".");

    private YamlNode? Optional(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private string TextOf(YamlNode value, string key) =>
        value is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)
            ? text.Trim()
            : throw file.Complain(value, $"{key} must be a text that is not empty.", "Quote it where it holds \": \" or \" #\".");
}
