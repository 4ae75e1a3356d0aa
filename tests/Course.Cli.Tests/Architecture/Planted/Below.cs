using Course.Cli.Tests.Architecture.Planted.Above;

namespace Course.Cli.Tests.Architecture.Planted.Below;

internal sealed class ByField
{
    public Upstairs? Needed { get; init; }
}

internal sealed class ByBase : Upstairs;

internal static class ByCall
{
    public static int Run() => Upstairs.Value;
}

internal static class ByLambda
{
    public static IEnumerable<int> Run(IEnumerable<int> numbers) => numbers.Select(number => number + Upstairs.Value);
}

internal static class ByTask
{
    public static async Task<int> Run()
    {
        await Task.Yield();
        return Upstairs.Value;
    }
}
