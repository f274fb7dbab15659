using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Gives a workspace its earlier name back; its tokens are not in the trail.</summary>
internal sealed class SlackWorkspaceRevert(SlackWorkspaceService service, IStringLocalizer<AuditText> texts) : IAuditRevert
{
    private const string Name = "name";

    public IReadOnlyCollection<string> Actions => ["slack-workspace.update"];

    public FieldMemory MemoryOf(string field) => field == Name ? FieldMemory.Whole : FieldMemory.Secret;

    public async Task<IReadOnlyDictionary<string,
        string?>?> ReadAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        await FindAsync(entry, actor, cancellationToken) is { } found ? new Dictionary<string, string?> { [Name] = found.Name } : null;

    public async Task<RevertResult> ApplyAsync(AuditEntry entry, IReadOnlyList<FieldChange> changes, Actor actor,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(entry, actor, cancellationToken) is not { } found)
        {
            return new RevertResult(false, texts["Revert.Block.Gone"]);
        }

        var result = await service.SaveAsync(found, new SlackWorkspaceFormModel { Name = changes.Single().After ?? "" }, actor,
            cancellationToken);
        return result is SlackWorkspaceSaveResult.Saved ? new RevertResult(true)
            : new RevertResult(false, texts["Revert.Block.ChangedSince"]);
    }

    private async Task<SlackWorkspaceView?> FindAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        int.TryParse(entry.SubjectId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await service.FindAsync(id, actor, cancellationToken) : null;
}
