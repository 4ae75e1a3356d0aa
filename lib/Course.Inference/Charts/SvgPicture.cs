namespace Course.Inference.Charts;

internal static class SvgPicture
{
    public static string Draw(PlotlyFigure figure) => $"<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{System.Net.WebUtility.HtmlEncode(figure.Title)}</title></svg>";
}
