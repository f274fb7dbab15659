using System.Runtime.CompilerServices;
using Notify.Admin.Security;

namespace Notify.Admin.IntegrationTests.Authorisation;

/// <summary>The matrix as a page for people: <c>AuthorisationMatrix.md</c> beside this file.</summary>
internal static class MatrixPage
{
    private static readonly (string? Role, string Title)[] Actors = [(null, "no role"), (Roles.Viewer, "Viewer"),
        (Roles.Operator, "Operator"), (Roles.Admin, "Admin")];

    public static string File([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "AuthorisationMatrix.md");

    public static string Text()
    {
        var callers = Enum.GetValues<Caller>();
        List<string> lines =
        [
            "# Who may do what", "",
            "Written by `AuthorisationMatrixTests` from the tables beside it, which it walks in full against the running product: every page, endpoint and",
            "operation as every caller, and every service method that takes an actor with every role. What is new in the product and not in the tables fails the test.",
            "", "## Over HTTP", "",
            "**yes**: let through. **log in**: sent to the log-in page. **401**, **403**: refused. **400**, **404**: the Security Center API's words for unsigned and",
            "unknown. *Disabled* is an Admin who was disabled, *key* an API key of the scope `full` unless it says `ingest`, *pair* an AccessKey pair.",
            "", Row(["", .. callers.Select(Title)]), Row(Enumerable.Repeat("---", callers.Length + 1)),
            .. AuthorisedRequests.All.Select(row => Row([$"`{row.Name}`", .. callers.Select(caller => Cell(row.Answer(caller)))])),
            "", "## Service methods", "",
            "Pages and endpoints call these; each asks again. *own*: demands no role, and reaches only what belongs to the person whose session calls it.",
            "", Row(["", .. Actors.Select(actor => actor.Title)]), Row(Enumerable.Repeat("---", Actors.Length + 1)),
            .. from pair in AuthorisedMethods.ByPolicy
               from method in pair.Value
               orderby method
               select Row([$"`{method}`", .. Actors.Select(actor => pair.Key == AuthorisedMethods.Own ? "own"
                   : AuthorisedMethods.Admits(pair.Key, actor.Role) ? "yes" : "no")]),
            "",
        ];
        return string.Join('\n', lines);
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Title(Caller caller) => caller switch
    {
        Caller.IngestKey => "`ingest` key",
        Caller.DemotedIngestKey => "`ingest` key of a former Operator",
        Caller.ViewerKey or Caller.OperatorKey or Caller.AdminKey or Caller.DisabledKey => $"{caller.ToString()[..^3]} key",
        Caller.ViewerPair or Caller.OperatorPair or Caller.AdminPair or Caller.DisabledPair => $"{caller.ToString()[..^4]} pair",
        _ => caller.ToString(),
    };

    private static string Cell(Verdict verdict) => verdict switch
    {
        Verdict.Yes => "yes",
        Verdict.LogIn => "log in",
        Verdict.Unknown => "401",
        Verdict.Forbidden => "403",
        Verdict.Unsigned => "400",
        Verdict.NoPair => "404",
    };
}
