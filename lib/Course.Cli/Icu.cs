using System.Globalization;
using System.Runtime.InteropServices;

namespace Course.Cli;

/// <summary>
/// ICU, from which .NET has cultures, collation and Unicode normalisation. Cells may use them; the course's own text does not depend on
/// the machine's culture.
/// </summary>
internal static class Icu
{
    /// <summary>
    /// To be called before anything asks for a culture, for without ICU that would end the process: there .NET does without it,
    /// as the variable DOTNET_SYSTEM_GLOBALIZATION_INVARIANT would have it.
    /// </summary>
    public static void Start()
    {
        if (OperatingSystem.IsLinux() && !IsThere())
            AppContext.SetSwitch("System.Globalization.Invariant", true);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
    }

    /// <summary>Whether a culture is more than its name here.</summary>
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
            return true; // A runtime that asks otherwise: it will say so itself.
        }
    }

    /// <summary>The runtime's own search, which it repeats and whose failure it does not survive.</summary>
    [DllImport("libSystem.Globalization.Native", EntryPoint = "GlobalizationNative_LoadICU")]
    private static extern int LoadIcu();
}
