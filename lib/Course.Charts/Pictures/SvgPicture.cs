using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using OxyPlot;

namespace Course.Charts.Pictures;

/// <summary>Draws a figure as one <c>svg</c> element in managed code, without a browser, installed fonts or scripts.</summary>
internal static class SvgPicture
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Draw(Figure figure)
    {
        var (width, height) = (figure.Width, figure.Height);
        var exporter = new SvgExporter { Width = width, Height = height, IsDocument = false, TextMeasurer = new RoomyText() };
        var root = XDocument.Parse(exporter.ExportToString(PictureModel.Of(figure))).Root!;
        FitColumn(root, width, height);
        OwnIds(root);
        root.AddFirst(new XElement(Svg + "title", figure.AltText));
        root.SetAttributeValue("role", "img");
        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static void FitColumn(XElement root, double width, double height)
    {
        root.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        root.SetAttributeValue("style", "max-width:100%;height:auto");
    }

    // Several pictures share a page, and OxyPlot numbers the clip paths of each from 1: those of the first would clip all pictures.
    private static void OwnIds(XElement root)
    {
        var own = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root.ToString())))[..8];
        foreach (var attribute in root.Descendants().Attributes())
        {
            if (attribute.Name == "id")
                attribute.Value = $"{own}-{attribute.Value}";
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
                attribute.Value = $"url(#{own}-{attribute.Value[5..]}";
        }
    }
}
