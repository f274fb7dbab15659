using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>The list of people as a file, narrowed and sorted as the page is.</summary>
internal static class PeopleExportEndpoint
{
    public const string Path = "people/export";

    private static readonly IReadOnlyList<string> Columns =
        ["email", "role", "state", "secondFactor", "singleSignOn", "lastSeen", "since", "keys"];

    public static void MapPeopleExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/{Path}", Export).RequireAuthorization(Policies.Administer).ExcludeFromDescription();

    private static CsvDownload Export(HttpContext http, PeopleService people)
    {
        var rows = people.ExportAsync(ListAddress.Read<ListQuery<PersonFilter, PersonSort>>(http.Request), Actor.From(http.User),
            http.RequestAborted);
        return new CsvDownload("people", Columns, rows.Select(RowOf));
    }

    private static IEnumerable<string?> RowOf(Person person) =>
    [
        person.Email,
        person.Role,
        person.State.ToString().ToLowerInvariant(),
        CsvDownload.Cell(person.HasTwoFactor),
        CsvDownload.Cell(person.HasSingleSignOn),
        CsvDownload.Cell(person.LastSeenAt),
        CsvDownload.Cell(person.CreatedAt),
        CsvDownload.Cell(person.Keys),
    ];
}
