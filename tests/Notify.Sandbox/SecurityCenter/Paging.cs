using System.Globalization;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>The page that a call asks for.</summary>
internal sealed record Paging(int Page, int Size)
{
    public static Paging Read(IReadOnlyDictionary<string, string> parameters, int most) => new(
        Math.Max(1, Number(parameters, "CurrentPage", 1)), Math.Clamp(Number(parameters, "PageSize", 20), 1, most));

    public IReadOnlyList<T> Of<T>(IReadOnlyCollection<T> all) => [.. all.Skip((Page - 1) * Size).Take(Size)];

    private static int Number(IReadOnlyDictionary<string, string> parameters, string name, int otherwise) =>
        int.TryParse(parameters.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : otherwise;
}
