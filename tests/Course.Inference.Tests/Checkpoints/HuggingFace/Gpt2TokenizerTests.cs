using Course.Inference.Checkpoints;

namespace Course.Inference.Tests.Checkpoints.HuggingFace;

public sealed class Gpt2TokenizerTests
{
    private const string Separator = "\n__ggml_vocab_test__\n";

    [SharedDataFact]
    public void All_46_vectors_of_gpt2_give_the_published_ids_and_come_back_as_their_text()
    {
        var tokenizer = TokenizerFile.Load(SharedData.Path("data", "tokenizers", "gpt2"));
        var expected = File.ReadAllText(SharedData.Path("data", "tokenizers", "gpt2", "vectors.out")).TrimEnd('\n').Split('\n');
        // The separator also ends the last input.
        var inputs = File.ReadAllText(SharedData.Path("data", "tokenizers", "gpt2", "vectors.inp")).Split(Separator)[..expected.Length];

        Assert.Equal(46, expected.Length);
        for (var i = 0; i < inputs.Length; i++)
        {
            Assert.Equal(expected[i].Trim(), string.Join(' ', tokenizer.Encode(inputs[i])));
            Assert.Equal(inputs[i], tokenizer.Decode(tokenizer.Encode(inputs[i])));
        }
    }

    [SharedDataFact]
    public void End_of_text_is_begin_and_end_and_has_no_text()
    {
        var tokenizer = TokenizerFile.Load(SharedData.Path("data", "tokenizers", "gpt2"));

        Assert.Equal(50257, tokenizer.VocabularySize);
        Assert.Equal(50256, tokenizer.BeginToken);
        Assert.Equal([50256], tokenizer.EndTokens);
        Assert.Equal([50256], tokenizer.EncodePrompt(""));
        Assert.Equal([15496, 50256], tokenizer.EncodePrompt("Hello<|endoftext|>"));
        Assert.Equal("Hello", tokenizer.Decode([15496, 50256]));
        Assert.Equal("<|endoftext|>", tokenizer.Name(50256));
    }

    [Fact]
    public void A_merge_that_is_not_two_tokens_is_refused_with_file_and_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("vocab.json"), TinyBpe.Json()["model"]!["vocab"]!.ToJsonString());
        File.WriteAllText(folder.File("merges.txt"), "#version: 0.2\nh e\nl  l\n");

        var error = Assert.Throws<FileException>(() => TokenizerFile.Load(folder.Path));
        Assert.Contains("merges.txt", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_after_the_first_line_is_a_merge_and_no_comment()
    {
        using var folder = new TemporaryFolder();
        var vocabulary = TinyBpe.Json()["model"]!["vocab"]!.AsObject();
        vocabulary["##"] = 261;
        File.WriteAllText(folder.File("vocab.json"), vocabulary.ToJsonString());
        File.WriteAllText(folder.File("merges.txt"), "#version: 0.2\n# #\n");

        Assert.Equal([261], TokenizerFile.Load(folder.Path).Encode("##"));
    }
}
