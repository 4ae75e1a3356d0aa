namespace Course.Inference.Models.Gguf;

/// <summary>Keys under which a GGUF file keeps its tokenizer.</summary>
internal static class GgufVocabulary
{
    public const string ModelKey = "tokenizer.ggml.model";
    public const string BeginKey = "tokenizer.ggml.bos_token_id";
    public const string EndKey = "tokenizer.ggml.eos_token_id";
}
