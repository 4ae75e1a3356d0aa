using System.Reflection;

namespace Course.Kernel.Scripting;

/// <summary>The flag in each compiled cell of a session that its stop checks read: functions of earlier cells must stop as well.</summary>
internal sealed class StopFlags
{
    private readonly List<FieldInfo> flags = [];
    private bool raised;

    public void Add(Assembly cell)
    {
        var flag = cell.GetType(StopChecks.ClassName, throwOnError: true)!.GetField(StopChecks.FieldName)!;
        // Touched before any code of the cell is compiled to machine code: a check of a class not yet initialised
        // is a call, ten times as slow.
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
