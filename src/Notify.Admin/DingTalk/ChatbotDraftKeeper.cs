using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>What an open form holds, as it is kept between two visits.</summary>
/// <param name="Original">What the form was filled from, so that what others saved meanwhile can be told apart.</param>
/// <param name="HadSecret">A webhook or signing secret was typed, which is not kept.</param>
internal sealed record ChatbotDraft(ChatbotView? Original, ChatbotFormModel Typed, bool HadSecret);

/// <summary>Keeps what is typed into one open form, a moment after the typing pauses.</summary>
internal sealed class ChatbotDraftKeeper(FormDraftService drafts, TimeProvider time, Actor actor, int? chatbotId) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(800);

    private readonly string _key = chatbotId is { } id ? $"dingtalk-chatbot/{id}" : "dingtalk-chatbot/new";
    private CancellationTokenSource? _pending;
    private ChatbotDraft? _unsaved;

    public Task<SavedDraft<ChatbotDraft>?> LoadAsync(CancellationToken cancellationToken) => drafts.LoadAsync<ChatbotDraft>(actor, _key, cancellationToken);

    /// <summary>Keeps the form's state soon; without changes there is nothing to keep.</summary>
    public async Task KeepAsync(ChatbotEdit edit)
    {
        _pending?.Cancel();
        if (!edit.IsDirty)
        {
            await ForgetAsync();
            return;
        }

        _unsaved = new ChatbotDraft(edit.Original, edit.Model.Copy(), edit.Model.HasWebhook || edit.Model.HasSecret);
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
        await drafts.DeleteAsync(actor, _key, CancellationToken.None);
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
            await drafts.SaveAsync(actor, _key, draft, CancellationToken.None);
        }
    }
}
