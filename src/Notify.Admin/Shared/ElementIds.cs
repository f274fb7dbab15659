namespace Notify.Admin.Shared;

/// <summary>Ids for elements that must refer to each other (<c>for</c>, <c>aria-describedby</c>).</summary>
internal static class ElementIds
{
    private static long _last;

    /// <summary>Unique in this process, and so in any page.</summary>
    public static string Next(string prefix) => $"{prefix}-{Interlocked.Increment(ref _last)}";
}
