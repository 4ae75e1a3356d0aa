namespace Course.Inference.Devices;

internal static class Placeholder;
