using Course.Inference.Files;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>A JSON object from tokens to ids.</summary>
internal static class JsonVocabulary
{
    /// <exception cref="FileException">It is empty, or an id is no number.</exception>
    public static Dictionary<string, int> Read(JsonValue vocabulary)
    {
        // No token stands in it twice: duplicate names were refused when the file was parsed.
        var tokens = vocabulary.Members().ToDictionary(member => member.Name, member => member.Value.AsInt32(), StringComparer.Ordinal);
        return tokens.Count > 0 ? tokens : throw new FileException(vocabulary.File, "the vocabulary is empty.", CheckpointFile.Damaged);
    }
}
