using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Tests.Sandboxing;

/// <summary>A test that runs something in a real sandbox.</summary>
public sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute() => Skip = Bubblewrap.WhyNot();
}

/// <summary>The same, for several cases.</summary>
public sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute() => Skip = Bubblewrap.WhyNot();
}
