using System.Text;
using Course.Inference;
using Course.Training.Pairs;
using TorchSharp;

namespace Course.Training.Evaluation;

/// <summary>Writes the model cards of a trained and measured pair.</summary>
public static class CardWriter
{
    public static IReadOnlyList<string> Write(PairFolder pair, torch.Device device)
    {
        var report = PairReport.Read(pair.PairFile);
        return [.. new[] { pair.Target, pair.Draft }.Select(model => Write(model, pair, report, device))];
    }

    private static string Write(string folder, PairFolder pair, PairReport report, torch.Device device)
    {
        using var model = Models.LoadReadable(folder, device);
        var tokenizer = pair.Tokenizer();
        var samples = Sample.Plan.Select(plan => Sample.Draw(model, tokenizer, plan.Prompt, plan.Temperature, plan.Seed)).ToList();
        var card = new ModelCard(folder, pair, model.Configuration, TrainingRecord.Read(folder), report, samples).Write();
        var file = Path.Combine(folder, PairFolder.CardName);
        AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(card)));
        return file;
    }
}
