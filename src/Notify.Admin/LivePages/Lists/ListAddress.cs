using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Notify.Admin.LivePages;

/// <summary>Reads and writes the addresses of lists and of their exports.</summary>
internal static class ListAddress
{
    /// <summary>What a page's address asks for.</summary>
    public static TQuery Read<TQuery>(string uri)
        where TQuery : IListQuery<TQuery>
    {
        var parts = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return TQuery.Parse(name => parts.TryGetValue(name, out var values) ? values[^1] : null);
    }

    /// <summary>What a request for an export asks for: the same list, all its pages.</summary>
    public static TQuery Read<TQuery>(HttpRequest request)
        where TQuery : IListQuery<TQuery> =>
        TQuery.Parse(name => request.Query.TryGetValue(name, out var values) ? values[^1] : null);

    /// <summary>The address of an export of the list.</summary>
    public static string Of(string path, ListQuery query) => QueryHelpers.AddQueryString(path,
        query.ToAddress().Where(part => part is { Key: not "page", Value: not null })
            .Select(part => KeyValuePair.Create(part.Key, Convert.ToString(part.Value, CultureInfo.InvariantCulture))));
}
