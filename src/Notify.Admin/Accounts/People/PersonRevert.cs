using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Takes a change of role back, and switching an account off or on.</summary>
internal sealed class PersonRevert(PeopleService service, IStringLocalizer<AccountsText> texts) : IAuditRevert
{
    private const string Role = "role";
    private const string Disabled = "disabled";

    public IReadOnlyCollection<string> Actions => ["person.role", "person.disable", "person.enable"];

    public FieldMemory MemoryOf(string field) => field is Role or Disabled ? FieldMemory.Whole : FieldMemory.Brief;

    public async Task<IReadOnlyDictionary<string,
        string?>?> ReadAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        entry.SubjectId is { } id && await service.FindOneAsync(id, actor, cancellationToken) is { } found
            ? new Dictionary<string, string?> { [Role] = found.Role, [Disabled] = found.State == PersonState.Disabled ? "true" : "false" }
            : null;

    public async Task<RevertResult> ApplyAsync(AuditEntry entry, IReadOnlyList<FieldChange> changes, Actor actor,
        CancellationToken cancellationToken)
    {
        var change = changes.Single();
        var result = change.Field == Role
            ? await service.ChangeRoleAsync(entry.SubjectId!, change.After ?? "", actor, cancellationToken)
            : await service.SetDisabledAsync(entry.SubjectId!, change.After == "true", actor, cancellationToken);
        return result.IsDone ? new RevertResult(true) : new RevertResult(false, texts[$"PersonRefusal.{result.Refusal}"]);
    }
}
