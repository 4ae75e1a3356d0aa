using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Tests.Sandboxing;

/// <summary>A test that needs a real sandbox; it is skipped where there is none.</summary>
public sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute() => Skip = Bubblewrap.WhyNot();
}

/// <summary>A theory that needs a real sandbox; it is skipped where there is none.</summary>
public sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute() => Skip = Bubblewrap.WhyNot();
}
