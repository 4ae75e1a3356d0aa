using System.Globalization;
using System.Runtime.InteropServices;

namespace Course.Cli;

/// <summary>
/// The library ICU, which provides .NET's cultures, collation and Unicode normalisation. Cells may use them; the course's own text does not
/// depend on the machine's culture.
/// </summary>
internal static class Icu
{
    /// <summary>
    /// Must be called before a culture is first used: without ICU that would end the process. If ICU is missing, .NET is switched to the
    /// invariant mode, as the variable DOTNET_SYSTEM_GLOBALIZATION_INVARIANT does.
    /// </summary>
    public static void Start()
    {
        if (OperatingSystem.IsLinux() && !IsThere())
            AppContext.SetSwitch("System.Globalization.Invariant", true);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
    }

    /// <summary>Whether cultures have data of their own, so that ICU is in use.</summary>
    public static bool IsInUse()
    {
        try
        {
            return CultureInfo.GetCultureInfo("de-DE").NumberFormat.NumberDecimalSeparator == ",";
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private static bool IsThere()
    {
        try
        {
            return LoadIcu() != 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return true; // a runtime that loads ICU in another way, and reports its own errors
        }
    }

    /// <summary>The runtime's own search for ICU. The runtime repeats it later, and ends the process if it fails.</summary>
    [DllImport("libSystem.Globalization.Native", EntryPoint = "GlobalizationNative_LoadICU")]
    private static extern int LoadIcu();
}
