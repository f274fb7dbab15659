using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Gives an asset group its earlier name back.</summary>
internal sealed class AssetGroupRevert(AssetGroupService service, IStringLocalizer<AuditText> texts) : IAuditRevert
{
    public IReadOnlyCollection<string> Actions => ["asset-group.update"];

    public FieldMemory MemoryOf(string field) => FieldMemory.Whole;

    public async Task<IReadOnlyDictionary<string,
        string?>?> ReadAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        (await service.ListAsync(actor, cancellationToken)).FirstOrDefault(group => group.Id == IdOf(entry)) is { } found
            ? new Dictionary<string, string?> { ["name"] = found.Name }
            : null;

    public async Task<RevertResult> ApplyAsync(AuditEntry entry, IReadOnlyList<FieldChange> changes, Actor actor,
        CancellationToken cancellationToken) =>
        await service.RenameAsync(IdOf(entry), changes.Single().After ?? "", actor, cancellationToken) == GroupOutcome.Saved
            ? new RevertResult(true)
            : new RevertResult(false, texts["Revert.Block.Gone"]);

    private static int IdOf(AuditEntry entry) =>
        int.TryParse(entry.SubjectId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
