using System.Collections;

namespace Course.Charts.Tests.Display;

/// <summary>Finds and calls formatters as .NET Interactive does: by name, without knowing any type of this library.</summary>
internal static class Convention
{
    /// <summary>The output of a value's own formatters, by MIME type.</summary>
    public static Dictionary<string, string> Bundle(object value)
    {
        var bundle = new Dictionary<string, string>();
        foreach (var formatter in Formatters(value.GetType()))
        {
            using var writer = new StringWriter();
            if ((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [value, writer])!)
                bundle.Add((string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!, writer.ToString());
        }
        return bundle;
    }

    public static IEnumerable<object> Formatters(Type type)
    {
        var attribute = type.GetCustomAttributes(true).Single(found => found.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.IsType<string[]>(attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute));
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var source = Activator.CreateInstance(sourceType)!;
        return ((IEnumerable)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>();
    }
}
