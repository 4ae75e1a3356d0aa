namespace Course.Site.Tests;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("plain <b>", "plain &lt;b&gt;")]
    [InlineData("\e[31mred\e[0m rest", "<span class=\"ansi-1\">red</span> rest")]
    [InlineData("\e[1;92mok", "<span class=\"ansi-10 ansi-bold\">ok</span>")]
    [InlineData(
        "\e[31ma\e[1mb\e[22mc\e[39md",
        "<span class=\"ansi-1\">a</span><span class=\"ansi-1 ansi-bold\">b</span><span class=\"ansi-1\">c</span>d")]
    [InlineData("\e[mx", "x")]
    [InlineData("\e[38;5;196mx\e[48;2;1;2;3my", "xy")]
    [InlineData("\e[2K\e[1Aup\e]0;title\au\e(B", "upu")]
    [InlineData("\e[31mred <i>", "<span class=\"ansi-1\">red &lt;i&gt;</span>")]
    [InlineData("bell\a and null\0", "bell and null")]
    [InlineData("tab\tand\nline", "tab\tand\nline")]
    public void Colours_become_classes_and_other_control_sequences_are_removed(string text, string html) =>
        Assert.Equal(html, AnsiText.ToHtml(text));
}
