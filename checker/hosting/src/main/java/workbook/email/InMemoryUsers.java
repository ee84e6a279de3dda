package workbook.email;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Users that are forgotten when the program ends. */
public final class InMemoryUsers implements Users {

  private final Map<String, String> names = new ConcurrentHashMap<>();

  @Override
  public boolean add(String address, String name) {
    Objects.requireNonNull(name, "name");
    return names.putIfAbsent(Objects.requireNonNull(address, "address"), name) == null;
  }

  @Override
  public void remove(String address) {
    names.remove(Objects.requireNonNull(address, "address"));
  }
}
