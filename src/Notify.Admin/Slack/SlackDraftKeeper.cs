using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>What an open form holds, as it is kept between two visits.</summary>
/// <param name="Original">What the form was filled from, so that what others saved meanwhile can be told apart.</param>
/// <param name="HadToken">A token was typed, which is not kept.</param>
internal sealed record SlackDraft(SlackIntegrationView? Original, SlackIntegrationFormModel Typed, bool HadToken);

/// <summary>Keeps what is typed into one open form, a moment after the typing pauses.</summary>
internal sealed class SlackDraftKeeper(FormDraftService drafts, TimeProvider time, Actor actor, int? integrationId, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(800);

    private readonly string _key = integrationId is { } id ? $"slack-integration/{id}" : "slack-integration/new";
    private CancellationTokenSource? _pending;
    private SlackDraft? _unsaved;

    public Task<SavedDraft<SlackDraft>?> LoadAsync(CancellationToken cancellationToken) => drafts.LoadAsync<SlackDraft>(actor, _key, cancellationToken);

    /// <summary>Keeps the form's state soon; without changes there is nothing to keep.</summary>
    public async Task KeepAsync(SlackIntegrationEdit edit)
    {
        _pending?.Cancel();
        _unsaved = new SlackDraft(edit.Original, edit.Model.Copy(), edit.Model.HasToken);
        if (!edit.IsDirty)
        {
            await ForgetAsync();
            return;
        }

        using var pending = new CancellationTokenSource();
        _pending = pending;
        try
        {
            await Task.Delay(Pause, time, pending.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            if (ReferenceEquals(_pending, pending))
            {
                _pending = null;
            }
        }

        await SaveAsync();
    }

    public async Task ForgetAsync()
    {
        _pending?.Cancel();
        _unsaved = null;
        await TryAsync(() => drafts.DeleteAsync(actor, _key, CancellationToken.None));
    }

    /// <summary>The page goes: what was typed in the last moment is kept too.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending?.Cancel();
        await SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (_unsaved is { } draft)
        {
            _unsaved = null;
            await TryAsync(() => drafts.SaveAsync(actor, _key, draft, CancellationToken.None));
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The store is away. Typing goes on; saving the form will say so.
            logger.LogDebug("Keeping a draft failed: {Reason}", e.GetType().Name);
        }
    }
}
