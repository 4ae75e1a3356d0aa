using Course.Inference.Families.Llama;

namespace Course.Inference.Tests.Families.Llama;

public class LlamaLayoutTests
{
    private static readonly LlamaConfiguration Shape = SmallModel.Shape(heads: 4, keyValueHeads: 2);

    [Fact]
    public void Every_role_of_a_layer_has_one_tensor_under_one_name_of_each_format()
    {
        var roles = Enum.GetValues<TensorRole>().Except([TensorRole.Embedding, TensorRole.FinalNorm, TensorRole.Head]);

        Assert.Equal(roles.Order(), LlamaLayout.LayerTensors.Select(tensor => tensor.Role).Order());
        Assert.Distinct(LlamaLayout.LayerTensors.Select(tensor => tensor.Name));
        Assert.Distinct(LlamaLayout.LayerTensors.Select(tensor => tensor.GgufName));
    }

    [Fact]
    public void An_implementations_layer_takes_every_tensor_of_the_list_once()
    {
        var taken = new List<string>();
        string Take(string name)
        {
            taken.Add(name);
            return name;
        }

        var layer = LayerWeights.Of(1, Take, Take);

        Assert.Equal(LlamaLayout.OfLayer(Shape, 1).Select(slot => slot.Name), taken);
        Assert.Equal(("model.layers.1.self_attn.q_proj.weight", "model.layers.1.mlp.down_proj.weight"), (layer.Query, layer.Down));
    }

    [Fact]
    public void Rotated_rows_are_those_of_the_heads_that_meet_in_a_score() => Assert.Equal(
        [(TensorRole.Query, Shape.QueryHeads), (TensorRole.Key, Shape.KeyValueHeads)],
        LlamaLayout.LayerTensors.Select(tensor => (tensor.Role, Heads: tensor.RotatedHeads(Shape))).Where(tensor => tensor.Heads > 0));
}
