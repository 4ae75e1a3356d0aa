using System.Security.Cryptography;
using System.Text;

namespace Course.TakeHome.Contracts;

/// <summary>
/// Everything that differs between two candidates, as a function of the seed. Each value has a name, so that a new value changes no other.
/// Cards, stubs and visible checks use the same names and get the same values.
/// </summary>
/// <param name="Seed">The seed in the folder's manifest and in the hand-in's.</param>
/// <param name="Exercise">The exercise's id: the same name has different values in two exercises.</param>
/// <param name="Trial">Selects the data of the checks. Another trial demands the same of an answer on other tables and numbers; grading
/// runs the visible checks again that way.</param>
public sealed record Variation(ulong Seed, string Exercise, string Trial = Variation.Visible)
{
    /// <summary>The candidate's own trial.</summary>
    public const string Visible = "visible";

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(string name, int least, int most) => least + (int)(Word(name) % (ulong)(most - least + 1));

    /// <summary>One of the choices.</summary>
    public T Pick<T>(string name, IReadOnlyList<T> choices) => choices[Between(name, 0, choices.Count - 1)];

    /// <summary>
    /// One of <paramref name="steps"/> + 1 evenly spaced numbers from <paramref name="least"/> to <paramref name="most"/>; in another trial
    /// any number between them.
    /// </summary>
    public double Step(string name, double least, double most, int steps) =>
        least + ((most - least) * (Trial == Visible ? (double)Between(name, 0, steps) / steps : Share(name)));

    /// <summary>
    /// 1 in the candidate's own trial, so that its cases can be worked out on paper; in another trial a number from 1 to 2, which no answer
    /// can contain in advance.
    /// </summary>
    public double Stretch(string name) => Trial == Visible ? 1 : 1 + Share(name);

    private double Share(string name) => (SeedOf(name) + 0.5) / int.MaxValue;

    /// <summary>
    /// A seed for tables, prompts or arrival times, which the candidate need not know. It depends on <see cref="Trial"/>.
    /// </summary>
    public int SeedOf(string name) => (int)(Word($"{Trial}/{name}") & 0x7fff_ffff);

    /// <summary>
    /// [32]: a key for data that cannot be computed from a part of it, such as a table of logits of which an answer has seen some rows.
    /// </summary>
    public byte[] KeyOf(string name) => Hash($"{Trial}/{name}");

    private ulong Word(string name) => BitConverter.ToUInt64(Hash(name));

    // A hash, so that neighbouring seeds have nothing in common; the same on every machine and in every version.
    private byte[] Hash(string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{Exercise}/{name}"));
}
