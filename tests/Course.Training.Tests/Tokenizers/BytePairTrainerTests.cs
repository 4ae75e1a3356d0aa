using Course.Training.Tokenizers;

namespace Course.Training.Tests.Tokenizers;

public class BytePairTrainerTests
{
    private static readonly string[] Specials = ["<|endoftext|>"];

    [Fact]
    public void The_most_frequent_pair_is_learnt_first_and_then_pairs_with_it()
    {
        var vocabulary = BytePairTrainer.Train(["low low low lower lowest newest newest"], 257 + 3, Specials);

        Assert.Equal(["lo", "low", "Ġlow"], Enumerable.Range(257, 3).Select(vocabulary.Spelling));
    }

    [Fact]
    public void Equally_frequent_pairs_are_learnt_in_the_order_of_their_ids()
    {
        var vocabulary = BytePairTrainer.Train(["dc", "dc", "ab", "ab", "ac"], 257 + 2, Specials);

        Assert.Equal(["ab", "dc"], Enumerable.Range(257, 2).Select(vocabulary.Spelling));
    }

    [Fact]
    public void Incremental_counts_learn_the_same_as_recounting()
    {
        const string text =
            "Banana bandana! aaaa aaaaa aa, the cat's hats aren't the bat's; 1999 and 2001.\n\nThe end -- über Äpfel. banana band aaaa";

        var vocabulary = BytePairTrainer.Train([text], 257 + 15, Specials);

        Assert.Equal(NaiveBytePairs.Learn(text, 15, firstByte: 1), vocabulary.Merges.Select(merge => (merge.Left, merge.Right)));
    }

    [Fact]
    public void A_vocabulary_without_room_for_the_bytes_is_rejected()
    {
        var error = Assert.Throws<CourseException>(() => BytePairTrainer.Train(["text"], 100, Specials));
        Assert.Contains("at least 257", error.Message);
    }

    [Fact]
    public void A_text_with_too_few_pairs_reports_how_many_tokens_it_yields()
    {
        var error = Assert.Throws<CourseException>(() => BytePairTrainer.Train(["abab"], 400, Specials));
        Assert.Contains("only 258 different tokens", error.Message);
    }
}
