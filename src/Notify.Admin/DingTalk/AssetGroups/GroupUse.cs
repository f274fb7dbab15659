namespace Notify.Admin.DingTalk;

/// <summary>The chatbots that are restricted to an asset group.</summary>
/// <param name="First">The first of them by name, at most <see cref="MostNamed"/>.</param>
public sealed record GroupUse(int Count, IReadOnlyList<string> First)
{
    public const int MostNamed = 10;

    public static readonly GroupUse None = new(0, []);

    /// <param name="name">Of the next one.</param>
    public GroupUse With(string name) => new(Count + 1, First.Count < MostNamed ? [.. First, name] : First);
}
