using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Notify.Admin.SecurityCenter;

/// <summary>A request with its parameters decoded. Signatures are computed over decoded parameters, since the official clients
/// percent-encode differently in the URL than in the string they sign.</summary>
internal sealed class SecurityCenterRequest
{
    private const string FormType = "application/x-www-form-urlencoded";

    private readonly Dictionary<string, StringValues> _headers;

    private SecurityCenterRequest(string method, string query, Dictionary<string, StringValues> headers, byte[] body)
    {
        Method = method;
        Body = body;
        _headers = headers;
        Query = Decode(query);
        Form = body.Length > 0 && IsForm ? Decode("?" + Encoding.UTF8.GetString(body)) : [];
    }

    /// <summary>Upper-case.</summary>
    public string Method { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    /// <summary>The parameters of a form body; a body of another type has none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form { get; }

    public byte[] Body { get; }

    /// <summary>Lower-case.</summary>
    public IEnumerable<string> HeaderNames => _headers.Keys;

    /// <summary>For the <c>HostId</c> of an error.</summary>
    public string Host => Header("host") ?? string.Empty;

    private bool IsForm =>
        Header("content-type") is { } type && type.Split(';')[0].Trim().Equals(FormType, StringComparison.OrdinalIgnoreCase);

    /// <param name="query">As it came, with its question mark or empty.</param>
    /// <param name="body">As it came; the caller has limited its size.</param>
    public static SecurityCenterRequest Read(string method, string? query, IEnumerable<KeyValuePair<string, StringValues>> headers,
        byte[] body) => new(
        method.ToUpperInvariant(),
        query ?? string.Empty,
        headers.GroupBy(header => header.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new StringValues([.. group.SelectMany(header => header.Value)]),
                StringComparer.Ordinal),
        body);

    /// <summary>The trimmed value of a header (its name in lower case), several joined by a comma; null when it is absent.</summary>
    public string? Header(string name) => _headers.TryGetValue(name, out var values)
        ? string.Join(',', values.Select(value => (value ?? string.Empty).Trim()))
        : null;

    /// <summary>True for a header that came more than once, on a line of its own each time.</summary>
    public bool IsRepeated(string name) => _headers.TryGetValue(name, out var values) && values.Count > 1;

    private static List<KeyValuePair<string, string>> Decode(string encoded)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(encoded))
        {
            parameters.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return parameters;
    }
}
