using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Course.Inference.Charts;
using Microsoft.FSharp.Core;

namespace Course.Inference.Tests.Charts;

public class LoadedFSharpTests
{
    /// <summary>In a host whose FSharp.Core is older than the requested one, a second copy is not loaded.</summary>
    [Fact]
    public void A_newer_FSharp_core_than_the_process_has_is_answered_with_the_one_there_is()
    {
        RuntimeHelpers.RunModuleConstructor(typeof(CourseCharts).Module.ModuleHandle);
        var own = typeof(FSharpOption<>).Assembly;

        var newer = new AssemblyName("FSharp.Core, Version=99.0.0.0, PublicKeyToken=b03f5f7f11d50a3a");
        Assert.Same(own, AssemblyLoadContext.Default.LoadFromAssemblyName(newer));
    }

    [Fact]
    public void Nothing_else_is_answered() =>
        Assert.Null(LoadedFSharp.Resolve(AssemblyLoadContext.Default, new AssemblyName("OxyPlot, Version=99.0.0.0")));
}
