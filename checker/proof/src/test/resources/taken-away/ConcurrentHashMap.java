package workbook.proof;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/** What a concurrent one would be without being one: other threads come between the steps. */
final class ConcurrentHashMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {

  private Map<K, V> entries = new HashMap<>();

  @Override
  public Set<Entry<K, V>> entrySet() {
    return entries.entrySet();
  }

  @Override
  public V put(K key, V value) {
    var next = new HashMap<>(entries);
    V before = next.put(key, value);
    entries = next;
    return before;
  }

  @Override
  public V remove(Object key) {
    var next = new HashMap<>(entries);
    V before = next.remove(key);
    entries = next;
    return before;
  }

  @Override
  public V putIfAbsent(K key, V value) {
    V before = get(key);
    return before == null ? put(key, value) : before;
  }

  @Override
  public boolean remove(Object key, Object value) {
    return value.equals(get(key)) && remove(key) != null;
  }

  @Override
  public boolean replace(K key, V before, V next) {
    return before.equals(get(key)) && put(key, next) != null;
  }

  @Override
  public V replace(K key, V value) {
    return containsKey(key) ? put(key, value) : null;
  }
}
