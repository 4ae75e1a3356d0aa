using System.Collections.Frozen;

namespace Course.Site.Mathematics;

/// <summary>The symbols and properties of commands without arguments.</summary>
internal static class LatexSymbols
{
    public static readonly FrozenDictionary<string, string> Identifiers = Pairs(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ "
        + "pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω "
        + "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω "
        + "infty ∞ ell ℓ partial ∂ nabla ∇ emptyset ∅ hbar ℏ");

    public static readonly FrozenDictionary<string, string> Operators = Pairs(
        "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ oplus ⊕ otimes ⊗ odot ⊙ "
        + "le ≤ leq ≤ ge ≥ geq ≥ ll ≪ gg ≫ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ equiv ≡ propto ∝ "
        + "in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ setminus ∖ forall ∀ exists ∃ land ∧ lor ∨ neg ¬ "
        + "to → rightarrow → leftarrow ← Rightarrow ⇒ Leftarrow ⇐ iff ⇔ Leftrightarrow ⇔ mapsto ↦ "
        + "dots … ldots … cdots ⋯ vdots ⋮ mid ∣ vert | Vert ‖ lvert | rvert | lVert ‖ rVert ‖ colon : "
        + "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } { { } } | ‖ % % $ $ # # & & _ _");

    /// <summary>Operators whose scripts are set below and above them in displayed formulas.</summary>
    public static readonly FrozenDictionary<string, string> Large = Pairs("sum ∑ prod ∏ bigcup ⋃ bigcap ⋂ int ∫");

    public static readonly FrozenSet<string> Functions =
        "arg log ln exp sin cos tan tanh det dim Pr gcd deg".Split(' ').ToFrozenSet();

    public static readonly FrozenSet<string> LimitFunctions =
        "min max sup inf lim argmin argmax".Split(' ').ToFrozenSet();

    /// <summary>Widths in em.</summary>
    public static readonly FrozenDictionary<string, string> Spaces = Pairs(
        ", 0.17 : 0.22 > 0.22 ; 0.28 ! -0.17 quad 1 qquad 2 ~ 0.25");

    public static readonly FrozenDictionary<string, string> Accents = Pairs(
        "hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → dot ˙ ddot ¨");

    /// <summary>Heights of the following bracket in em; each command also has a left and a right form.</summary>
    public static readonly FrozenDictionary<string, string> Sizes = Pairs("big 1.2 Big 1.8 bigg 2.4 Bigg 3");

    /// <summary>Commands that request what MathML does anyway.</summary>
    public static readonly FrozenSet<string> Ignored = "displaystyle textstyle limits nolimits".Split(' ').ToFrozenSet();

    private static FrozenDictionary<string, string> Pairs(string text) =>
        text.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);
}
