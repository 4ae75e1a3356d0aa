using System.Text;
using Course.Training.Corpora;

namespace Course.Training.Tests.Corpora;

public sealed class CorpusTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Stories_books_and_the_held_out_file_are_distinguished()
    {
        Write("tinystories_train.txt", string.Concat(Enumerable.Repeat("A story is here. ", 100)));
        Write("pd_book.txt", string.Concat(Enumerable.Repeat("A book is here. ", 100)));
        Write(Corpus.HeldOutFile, "Once upon a time, nobody looked.");

        var corpus = Corpus.Read(folder.Path);

        Assert.Contains("story", Assert.Single(corpus.Stories), StringComparison.Ordinal);
        Assert.Contains("book", Assert.Single(corpus.Books), StringComparison.Ordinal);
        Assert.DoesNotContain(corpus.Training, text => text.Contains("nobody", StringComparison.Ordinal));
        Assert.Equal(["pd_book.txt", "tinystories_train.txt"], corpus.Files);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.Contains(
            "nowhere", Assert.Throws<CourseException>(() => Corpus.Read(folder.File("nowhere"))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_held_out_text_is_not_training_text()
    {
        Write(Corpus.HeldOutFile, "Once upon a time.");
        Assert.Contains(
            "no *.txt files to train on", Assert.Throws<CourseException>(() => Corpus.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_held_out_text_nothing_is_read()
    {
        Write("book.txt", new string('a', 5000));
        Assert.Contains(
            Corpus.HeldOutFile, Assert.Throws<CourseException>(() => Corpus.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_both_held_out_files_TinyStories_is_used_and_neither_is_trained_on()
    {
        Write("stories.txt", string.Concat(Enumerable.Repeat("A story is here. ", 200)));
        Write(Corpus.HeldOutFile, "Once upon a time, nobody looked.");
        Write(Corpus.TinyStoriesHeldOutFile, "Once upon a time, somebody looked.");

        var corpus = Corpus.Read(folder.Path);

        Assert.Contains("somebody", Assert.Single(corpus.HeldOut), StringComparison.Ordinal);
        Assert.Equal(["stories.txt"], corpus.Files);
        Assert.Single(corpus.Stories);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("Too short.", "at least 2000")]
    public void Too_little_text_is_rejected(string text, string message)
    {
        Write("book.txt", text);
        Write(Corpus.HeldOutFile, "Once upon a time.");
        Assert.Contains(message, Assert.Throws<CourseException>(() => Corpus.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_rejected_with_its_file()
    {
        File.WriteAllBytes(folder.File("latin1.txt"), Encoding.Latin1.GetBytes(new string('é', 3000)));
        Write(Corpus.HeldOutFile, "Once upon a time.");
        Assert.Contains(
            "latin1.txt is not UTF-8", Assert.Throws<CourseException>(() => Corpus.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void The_bundled_corpus_has_no_held_out_paragraph_in_training()
    {
        var corpus = Corpus.Read(SharedData.Path("data", "corpora"));
        var trained = corpus.Training.SelectMany(text => text.Split('\n')).Where(line => line.Length > 60).ToHashSet();

        Assert.True(corpus.Stories.Count > 2000 && corpus.Books.Count > 100 && corpus.HeldOut.Count > 500);
        Assert.DoesNotContain(corpus.HeldOut.SelectMany(text => text.Split('\n')), trained.Contains);
    }

    public void Dispose() => folder.Dispose();

    private void Write(string name, string text) => File.WriteAllText(folder.File(name), text);
}
