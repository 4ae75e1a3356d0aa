using System.Text;
using Course.Inference.Checkpoints;
using Course.Inference.Tokenization;
using Course.Training.Corpora;
using Course.Training.Tokenizers;

namespace Course.Training.Tests.Tokenizers;

public class TokenizerWriterTests
{
    private const string Text =
        "Once upon a time, there was a cat named Tim. Tim couldn't sleep; he said, \"I'm 12 years old!\"\n" +
        "Tim and the cat -- naïve? 日本 🙂\n\n  The end.";

    [Fact]
    public void A_written_tokenizer_is_read_back_and_encodes_like_the_definition()
    {
        using var folder = new TemporaryFolder();
        var vocabulary = BytePairTrainer.Train([Text, "the cat and the bat sat on the mat with Tim"], 272, [DocumentSplitter.EndOfText]);
        var tokenizer = Written(vocabulary, folder);

        Assert.Equal(272, tokenizer.VocabularySize);
        foreach (var text in new[] { Text, "the matted cat isn't\n\n\n  here ", "\u00e9\u0000\u007f\u00ad\u2028" })
            Assert.Equal(NaiveBytePairs.Encode(vocabulary, text), tokenizer.Encode(text));
    }

    [Fact]
    public void Every_byte_has_a_token()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = Written(BytePairTrainer.Train([Text], 257, [DocumentSplitter.EndOfText]), folder);

        Assert.All(Enumerable.Range(0, 256), b => Assert.Equal([(byte)b], tokenizer.Bytes(1 + b).ToArray()));
        Assert.Equal(Text, tokenizer.Decode(tokenizer.Encode(Text)));
    }

    [Fact]
    public void A_prompt_begins_with_the_separator_of_documents()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = Written(BytePairTrainer.Train([Text], 260, [DocumentSplitter.EndOfText]), folder);

        Assert.Equal(0, tokenizer.BeginToken);
        Assert.Equal([0, .. tokenizer.Encode("Tim")], tokenizer.EncodePrompt("Tim"));
        Assert.Equal(DocumentSplitter.EndOfText, tokenizer.Name(0));
    }

    [SharedDataFact]
    public void Held_out_stories_encode_like_the_definition_and_decode_to_themselves()
    {
        using var folder = new TemporaryFolder();
        var corpus = Corpus.Read(SharedData.Path("data", "corpora"));
        var vocabulary = BytePairTrainer.Train(corpus.Stories.Take(300), 700, [DocumentSplitter.EndOfText]);
        var tokenizer = Written(vocabulary, folder);

        foreach (var story in corpus.HeldOut.Take(30))
        {
            Assert.Equal(NaiveBytePairs.Encode(vocabulary, story), tokenizer.Encode(story));
            Assert.Equal(story, tokenizer.Decode(tokenizer.Encode(story)));
        }
    }

    private static ITokenizer Written(BytePairVocabulary vocabulary, TemporaryFolder folder)
    {
        var file = folder.File("tokenizer.json");
        File.WriteAllText(file, TokenizerWriter.ToJson(vocabulary), new UTF8Encoding(false));
        return TokenizerFile.Load(file);
    }
}
