using System.CommandLine;

namespace Course.Cli.Verbs;

/// <summary>`course kernel`: the C# kernel for Jupyter and for the runner.</summary>
internal static class KernelVerb
{
    public static Command Build() => new("kernel", "The C# kernel for Jupyter.")
    {
        WorkerVerb.Build(),
    };
}
