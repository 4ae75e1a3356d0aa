using Course.Inference.Devices;
using TorchSharp;

namespace Course.Inference.Tests.Devices;

public class ComputeDeviceTests
{
    [Theory]
    [InlineData("cpu")]
    [InlineData(" CPU ")]
    public void Cpu_is_always_there(string choice) =>
        Assert.Equal(DeviceType.CPU, ComputeDevice.Resolve(choice).type);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("auto")]
    public void Auto_takes_cuda_where_there_is_one(string? choice) =>
        Assert.Equal(torch.cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU, ComputeDevice.Resolve(choice).type);

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:one")]
    public void An_unknown_name_is_refused_with_the_names_that_exist(string choice)
    {
        var error = Assert.Throws<CourseException>(() => ComputeDevice.Resolve(choice));
        Assert.Contains($"'{choice}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("auto, cpu, cuda or cuda:N", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_this_machine_lacks_is_refused_by_number()
    {
        var error = Assert.Throws<CourseException>(() => ComputeDevice.Resolve("cuda:4096"));
        Assert.Contains("cuda:4096", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_compute_on_the_chosen_device()
    {
        using var ones = torch.ones([2, 3], device: ComputeDevice.Current());
        Assert.Equal(6, ones.sum().item<float>());
    }
}
