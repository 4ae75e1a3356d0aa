namespace Course.Core.Tests.Errors;

public class SafeTextTests
{
    [Theory]
    [InlineData("plain, naïve, 𝒜, 漢字, ▁the Ġcat, %\"\\", "plain, naïve, 𝒜, 漢字, ▁the Ġcat, %\"\\")]
    [InlineData("\u001b[2J\u001b[32mpassed", @"\u001B[2J\u001B[32mpassed")]
    [InlineData("bell\a nul\0 delete\u007f", @"bell\u0007 nul\u0000 delete\u007F")]
    [InlineData("a\u009b31mb", @"a\u009B31mb")] // the one-character form of an escape sequence
    [InlineData("a\u202etxt.exe", @"a\u202Etxt.exe")]
    [InlineData("\u2066isolated\u2069, \ufeff, \u200b", @"\u2066isolated\u2069, \uFEFF, \u200B")]
    [InlineData("\U000E0041 is a tag", @"\U000E0041 is a tag")]
    [InlineData("one\r\ntwo\tthree\u2028four\u0085five", "one two three four five")]
    [InlineData("over\rwritten\fpage", "over written page")]
    [InlineData("👩\u200d👧, می\u200cخواهم", "👩\u200d👧, می\u200cخواهم")]
    [InlineData(null, "")]
    public void A_line_escapes_characters_that_move_the_cursor_or_are_invisible(string? text, string expected) =>
        Assert.Equal(expected, SafeText.Line(text));

    // Not a theory: attributes are stored in UTF-8, which cannot represent lone surrogates.
    [Fact]
    public void Lone_surrogates_are_escaped() =>
        Assert.Equal(@"half \uD83D, other half \uDE00", SafeText.Line("half \ud83d, other half \ude00"));

    [Fact]
    public void Several_lines_stay_several_lines() =>
        Assert.Equal("one\ntwo\tthree\nfour\\u001B[1A", SafeText.Lines("one\r\ntwo\tthree\u2029four\u001b[1A"));

    [Fact]
    public void A_quoted_name_is_one_line_with_a_visible_end() =>
        Assert.Equal(@"""a\n\t\""b\"" \\ \u001B""", SafeText.Quote("a\n\t\"b\" \\ \u001b"));

    [Theory]
    [InlineData(5, "aaaaa…")]
    [InlineData(6, "aaaaaa…")]
    [InlineData(7, "aaaaaaa")]
    public void Text_is_cut_where_it_exceeds_its_length(int most, string expected) =>
        Assert.Equal(expected, SafeText.Line("aaaaaaa", most));

    [Fact]
    public void A_character_of_two_units_is_cut_whole() => Assert.Equal("a…", SafeText.Line("a😀b", 2));

    [Theory]
    [InlineData(48_000)]
    [InlineData(10_000_000)]
    public void Long_texts_become_one_bounded_line(int length)
    {
        Assert.Equal(SafeText.LineLength + 1, SafeText.Line(new('x', length)).Length);
        Assert.Equal(SafeText.TextLength + 1, SafeText.Lines(new('x', length)).Length);
        Assert.Equal(SafeText.NameLength + 3, SafeText.Quote(new('x', length)).Length);
    }

    [Fact]
    public void Every_errors_message_is_clean_and_bounded()
    {
        var message = new CourseException("\u001b]0;title\a" + new string('x', 100_000), new InvalidOperationException()).Message;
        Assert.StartsWith(@"\u001B]0;title\u0007x", message, StringComparison.Ordinal);
        Assert.Equal(SafeText.TextLength, message.Count(character => character == 'x') + 10);
    }
}
