namespace Course.Cli.Tests.Architecture.Planted.Above;

internal class Upstairs
{
    public static int Value => 1;
}
