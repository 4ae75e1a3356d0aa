using Course.Inference.Files;

namespace Course.Inference.Checkpoints.HuggingFace;

/// <summary>Reads a JSON object that maps tokens to ids.</summary>
internal static class JsonVocabulary
{
    /// <exception cref="FileException">The object is empty, or an id is not a number.</exception>
    public static Dictionary<string, int> Read(JsonValue vocabulary)
    {
        // No token occurs twice: duplicate names were refused when the file was parsed.
        var tokens = vocabulary.Members().ToDictionary(member => member.Name, member => member.Value.AsInt32(), StringComparer.Ordinal);
        return tokens.Count > 0 ? tokens : throw new FileException(vocabulary.File, "the vocabulary is empty.", CheckpointFile.Damaged);
    }
}
