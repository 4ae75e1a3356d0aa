using Course.Kernel.Language;

namespace Course.Kernel.Tests.Language;

public sealed class CompletenessTests
{
    [Theory]
    [InlineData("1 + 1")]
    [InlineData("Console.WriteLine(1);")]
    [InlineData("if (true) { }")]
    [InlineData("#r \"nuget: X\"\nvar x = 1;")]
    [InlineData("#!time")]
    [InlineData("")]
    public void Complete(string code) => Assert.Equal(CompletenessStatus.Complete, Completeness.Of(code).Status);

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) {", "    ")]
    [InlineData("class A {\n    void M() {", "        ")]
    [InlineData("Console.WriteLine(", "    ")]
    [InlineData("var s = \"\"\"\ntext", "")]
    [InlineData("1 +", "")]
    public void Incomplete_with_the_next_lines_indent(string code, string indent) =>
        Assert.Equal(new Completeness(CompletenessStatus.Incomplete, indent), Completeness.Of(code));

    [Theory]
    [InlineData("import numpy as np")]
    [InlineData(")(")]
    [InlineData("var 1x = ;")]
    [InlineData("foo bar baz qux;")]
    [InlineData("if (x {{ ]")]
    [InlineData("class { ]")]
    [InlineData("foo(]")]
    [InlineData("[1, 2}")]
    [InlineData("#r \"nuget: X, 1\" var x = 1;")]
    public void Invalid(string code) => Assert.Equal(CompletenessStatus.Invalid, Completeness.Of(code).Status);

    [Theory]
    [InlineData("(", "1")]
    [InlineData("$\"{", "1")]
    [InlineData("!", "true")]
    public void Code_that_nests_too_deeply_is_invalid(string opening, string code) =>
        Assert.Equal(CompletenessStatus.Invalid, Completeness.Of(string.Concat(Enumerable.Repeat(opening, 10_000)) + code).Status);
}
