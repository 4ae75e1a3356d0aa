using Course.Training.Corpora;

namespace Course.Training.Tests.Corpora;

public class DocumentSplitterTests
{
    [Fact]
    public void Documents_end_at_the_separator() =>
        Assert.Equal(["One.\nTwo.", "Three."], DocumentSplitter.Split("One.\nTwo.\n<|endoftext|>\n\nThree.\n"));

    [Fact]
    public void A_last_document_that_breaks_off_in_mid_sentence_is_dropped() =>
        Assert.Equal(["One."], DocumentSplitter.Split("One.<|endoftext|>She said it was"));

    [Fact]
    public void Licence_title_page_and_headings_are_removed() =>
        Assert.Equal(["A fox ran.", "A hen sat."], DocumentSplitter.Split(
            "The licence says a lot.\n*** START OF THE PROJECT ***\n[Tales by A. Person 1900]\n\nTHE FOX\n\nA fox ran.\n\nCHAPTER II. Of " +
            "Hens\n\n* * *\n\nA hen sat.\n\n*** END OF THE PROJECT ***\nMore licence."));

    [Fact]
    public void A_shout_is_not_a_heading() =>
        Assert.Single(DocumentSplitter.Split("He ran.\n\"STOP!\"\nNOW!\nHe stopped."));

    [Fact]
    public void Held_out_stories_begin_at_story_openings() =>
        Assert.Equal(["...the end.", "Once upon a time, a.\nb.", "Once upon a time, c."],
            DocumentSplitter.SplitByOpenings("...the end.\n\nOnce upon a time, a.\n\nb.\n\nOnce upon a time, c.\n"));
}
