namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Finds types by their number in the file. It also knows the names of unsupported types, for the message.</summary>
internal static class GgufTypes
{
    private static readonly Dictionary<uint, string> Others = new()
    {
        [3] = "Q4_1",
        [6] = "Q5_0",
        [7] = "Q5_1",
        [9] = "Q8_1",
        [10] = "Q2_K",
        [11] = "Q3_K",
        [12] = "Q4_K",
        [13] = "Q5_K",
        [14] = "Q6_K",
        [15] = "Q8_K",
        [30] = "BF16",
    };

    /// <exception cref="FileException">The type is not supported.</exception>
    public static GgufType WithId(string path, string tensor, uint id) => GgufType.All.FirstOrDefault(type => type.Id == id)
        ?? throw new FileException(
            path,
            $"tensor {tensor} is of type {Others.GetValueOrDefault(id, "number")} ({id}); supported are " +
            $"{string.Join(", ", GgufType.All.Select(type => type.Name))}.",
            "Convert or quantise the model to one of these.");
}
