using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>
/// Reads the rotary positions of a <c>config.json</c>: older files have <c>rope_theta</c> and <c>rope_scaling</c>, newer ones have both in
/// <c>rope_parameters</c>. Linear scaling is supported; other kinds are refused by name.
/// </summary>
internal static class LlamaConfigurationRope
{
    public static IReadOnlyList<string> Keys { get; } = ["rope_theta", .. Sections];

    private const double UsualBase = 10_000;
    private const string OlderBase = "rope_scaling.rope_theta";

    private static readonly string[] KindKeys = ["rope_type", "type"];
    private static readonly string[] KnownKeys =
        [.. KindKeys, "factor", "rope_theta", "partial_rotary_factor", "original_max_position_embeddings"];

    private static string[] Sections => ["rope_scaling", "rope_parameters"];

    /// <summary>The base of the frequencies and the factor by which positions are divided.</summary>
    /// <exception cref="FileException">The kind of scaling is not implemented, or two keys contradict each other.</exception>
    public static (double Base, double Factor) Read(ConfigurationKeys keys)
    {
        (string Key, double Value)[] factors = [], bases = [.. Stated(keys)];
        foreach (var section in Sections)
            if (keys.OptionalObject(section) is { } rope)
            {
                factors = [.. factors, ($"{section}.factor", Factor(keys, section, rope))];
                bases = [.. bases, .. Stated(rope, section)];
            }

        // Programs differ in whether they use a base in the older section, so it must equal the base without it.
        if (bases is [(OlderBase, _)])
            bases = [("the usual base", UsualBase), bases[0]];
        return (Agreed(keys, bases, UsualBase), Agreed(keys, factors, 1));
    }

    private static double Factor(ConfigurationKeys keys, string section, ConfigurationKeys rope)
    {
        FileException Refused(string key, string got, string expected) => keys.Unsupported($"{section}.{key}", got, expected);
        string[] kinds = [.. KindKeys.Select(rope.OptionalString).OfType<string>()];
        if (kinds.FirstOrDefault(kind => kind is not ("default" or "linear") || kind != kinds[0]) is { } other)
            throw Refused("rope_type", Quote(other), "\"default\" (no scaling of positions) or \"linear\"");
        if (rope.OptionalDouble("partial_rotary_factor") is { } part && part != 1)
            throw Refused("partial_rotary_factor", $"{part}", "1");
        if (rope.Names.FirstOrDefault(name => !KnownKeys.Contains(name)) is { } unknown)
            throw Refused(SafeText.Line(unknown, SafeText.NameLength), "present", "nothing but a kind, a factor and a base");
        var factor = rope.OptionalDouble("factor");
        if (kinds.Length == 0 && factor is not null)
            throw Refused("rope_type", "missing", "\"linear\", as there is a factor,");
        if (kinds.Contains("linear"))
            return factor ?? throw Refused("factor", "missing", "a number, as the kind is linear,");
        return factor is null or 1 ? 1 : throw Refused("factor", $"{factor}", "none, as the kind is \"default\",");
    }

    private static IEnumerable<(string, double)> Stated(ConfigurationKeys keys, string? section = null) =>
        keys.OptionalDouble("rope_theta") is { } value ? [(section is null ? "rope_theta" : $"{section}.rope_theta", value)] : [];

    private static double Agreed(ConfigurationKeys keys, (string Key, double Value)[] stated, double otherwise)
    {
        foreach (var (key, value) in stated)
            if (value != stated[0].Value)
                throw keys.Unsupported(key, $"{value}", $"{stated[0].Value}, which {stated[0].Key} is,");
        return stated.Length > 0 ? stated[0].Value : otherwise;
    }
}
