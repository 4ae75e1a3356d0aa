using System.Reflection;

namespace Course.Kernel.Scripting;

/// <summary>
/// The flags that the stop checks read, one in each compiled cell of a session, because functions of earlier cells must stop too.
/// </summary>
internal sealed class StopFlags
{
    private readonly List<FieldInfo> flags = [];
    private bool raised;

    public void Add(Assembly cell)
    {
        var flag = cell.GetType(StopChecks.ClassName, throwOnError: true)!.GetField(StopChecks.FieldName)!;
        // Set before the JIT compiles any code of the cell: if the class were not initialised yet, each check would be
        // a call, ten times slower.
        flag.SetValue(null, false);
        lock (flags)
            flags.Add(flag);
    }

    public void Raise() => Set(true);

    public void Lower()
    {
        if (raised)
            Set(false);
    }

    private void Set(bool value)
    {
        lock (flags)
        {
            raised = value;
            foreach (var flag in flags)
                flag.SetValue(null, value);
        }
    }
}
