using Course.Training.Corpora;

namespace Course.Training.Tests.Corpora;

public class TextNormalizerTests
{
    [Fact]
    public void Typographic_marks_and_line_breaks_are_normalised() =>
        Assert.Equal(
            "\"Don't--stop...\"\nshe 'said' now",
            TextNormalizer.Normalize("\uFEFF\u201CDon\u2019t\u2014stop\u2026\u201D\r\n\r\n\r\nshe  \u2018said\u2019 _now_ "));

    [Fact]
    public void Hard_wrapped_paragraphs_become_one_line_each()
    {
        var line = new string('x', 60);
        var wrapped = string.Join("\n\n", Enumerable.Repeat($"{line}\n{line}", 12));

        Assert.Equal(string.Join('\n', Enumerable.Repeat($"{line} {line}", 12)), TextNormalizer.Normalize(wrapped));
    }

    [Fact]
    public void Short_lines_without_wrapping_stay_lines()
    {
        var text = string.Join('\n', Enumerable.Range(0, 30).Select(i => $"line {i}"));

        Assert.Equal(text, TextNormalizer.Normalize(text));
    }

    [Fact]
    public void Verse_within_a_wrapped_book_keeps_its_lines_and_one_space_of_their_indent()
    {
        var prose = string.Join("\n\n", Enumerable.Repeat(new string('x', 60), 25));

        Assert.EndsWith(
            "\nTwinkle, twinkle,\n little bat!", TextNormalizer.Normalize(prose + "\n\n     Twinkle, twinkle,\n     little bat!"));
    }
}
