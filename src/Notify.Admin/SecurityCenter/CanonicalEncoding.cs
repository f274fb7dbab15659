namespace Notify.Admin.SecurityCenter;

/// <summary>How both signature methods write parameters: sorted ordinally by name, percent-encoded except <c>A–Z a–z 0–9 - _ .
/// ~</c>.</summary>
internal static class CanonicalEncoding
{
    /// <summary><see cref="Uri.EscapeDataString(string)"/> leaves just the unreserved characters and writes upper-case
    /// hexadecimal.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    public static string Query(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join('&', parameters
        .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
        .Select(parameter => $"{Encode(parameter.Key)}={Encode(parameter.Value)}"));
}
