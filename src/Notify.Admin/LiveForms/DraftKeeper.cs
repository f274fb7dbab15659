using Notify.Admin.Security;

namespace Notify.Admin.LiveForms;

/// <summary>Keeps what is typed into one open form, a moment after the typing pauses. Trouble with the store is the form's to tell when it
/// is saved.</summary>
/// <typeparam name="T">What the form holds, without secrets.</typeparam>
internal sealed class DraftKeeper<T>(FormDraftService drafts, TimeProvider time, Actor actor, string formKey, ILogger logger)
    : IAsyncDisposable
    where T : class
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(800);

    private CancellationTokenSource? _pending;
    private T? _unsaved;

    public Task<SavedDraft<T>?> LoadAsync(CancellationToken cancellationToken) => drafts.LoadAsync<T>(actor, formKey, cancellationToken);

    /// <summary>Keeps the form's state soon.</summary>
    /// <param name="draft">Null: without changes there is nothing to keep.</param>
    public async Task KeepAsync(T? draft)
    {
        _pending?.Cancel();
        _unsaved = draft;
        if (draft is null)
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
        await TryAsync(() => drafts.DeleteAsync(actor, formKey, CancellationToken.None));
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
            await TryAsync(() => drafts.SaveAsync(actor, formKey, draft, CancellationToken.None));
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
            logger.LogWarning(e, "Keeping the draft of {Form} failed", formKey);
        }
    }
}
